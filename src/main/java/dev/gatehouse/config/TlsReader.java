package dev.gatehouse.config;

import dev.gatehouse.config.Tls.Verify;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what TLS to backends asks for. */
final class TlsReader {
  private static final String VERIFY = "proxy.tls.verify";
  private static final String PINS = "proxy.tls.pins";

  private final Params params;
  private final boolean debug;

  TlsReader(Params params, boolean debug) {
    this.params = params;
    this.debug = debug;
  }

  Tls read() {
    Verify verify = params.choice(VERIFY, Verify.class);
    if (verify == Verify.NONE && !debug && params.sound("proxy.debug")) {
      params.refuse(VERIFY, "needs proxy.debug=true: write full or chain");
    }
    Set<KeyPin> pins = pins();
    if (verify == Verify.PIN && params.missing(PINS)) {
      params.refuse(VERIFY, "needs " + PINS + ": write there what keys backends have");
    }
    if (verify == Verify.NONE && params.sound(VERIFY) && !pins.isEmpty()) {
      params.refuse(PINS, "has no use where nothing is verified: write " + VERIFY + "=pin");
    }
    Optional<Path> caFile = params.file("proxy.tls.caFile");
    Optional<Path> trustStore = params.file("proxy.tls.trustStore");
    if (caFile.isPresent() && trustStore.isPresent()) {
      params.refuse("proxy.tls.caFile", "proxy.tls.trustStore is set as well: keep one of them");
    }
    return new Tls(
        verify,
        pins,
        caFile,
        trustStore,
        password("proxy.tls.trustStore"),
        params.file("proxy.tls.keyStore"),
        password("proxy.tls.keyStore"),
        params.text("proxy.tls.serverName", Syntax::isHostName),
        params.words("proxy.tls.protocols", List.of("TLSv1.2", "TLSv1.3")));
  }

  private Set<KeyPin> pins() {
    Setting setting = params.setting(PINS);
    List<String> entries = Params.list(setting);
    if (entries.isEmpty() && params.given(PINS).isPresent()) {
      params.refuse(PINS, Kind.PINS.wanted()); // commas alone
    }
    Set<KeyPin> pins = new LinkedHashSet<>();
    for (String entry : entries) {
      KeyPin.parse(entry)
          .ifPresentOrElse(pins::add, () -> params.refuse(setting, entry, Kind.PINS.wanted()));
    }
    return pins;
  }

  private Optional<Secret> password(String store) {
    String name = store + "Password";
    if (params.given(name).isPresent() && params.missing(store)) {
      params.refuse(name, "has no use without " + store);
    }
    return params.secret(name);
  }
}
