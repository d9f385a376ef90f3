package dev.gatehouse.proxy;

import dev.gatehouse.config.KeyPin;
import dev.gatehouse.config.Secret;
import dev.gatehouse.config.Tls;
import dev.gatehouse.config.Tls.Verify;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** TLS settings with one part changed. */
record Edit(Tls tls) {
  Edit verify(Verify verify) {
    return new Edit(
        new Tls(
            verify,
            tls.pins(),
            tls.caFile(),
            tls.trustStore(),
            tls.trustStorePassword(),
            tls.keyStore(),
            tls.keyStorePassword(),
            tls.serverName(),
            tls.protocols()));
  }

  Edit pins(KeyPin... pins) {
    return new Edit(
        new Tls(
            tls.verify(),
            Set.of(pins),
            tls.caFile(),
            tls.trustStore(),
            tls.trustStorePassword(),
            tls.keyStore(),
            tls.keyStorePassword(),
            tls.serverName(),
            tls.protocols()));
  }

  Edit caFile(Path file) {
    return new Edit(
        new Tls(
            tls.verify(),
            tls.pins(),
            Optional.of(file),
            tls.trustStore(),
            tls.trustStorePassword(),
            tls.keyStore(),
            tls.keyStorePassword(),
            tls.serverName(),
            tls.protocols()));
  }

  Edit trustStore(Path file, Optional<Secret> password) {
    return new Edit(
        new Tls(
            tls.verify(),
            tls.pins(),
            tls.caFile(),
            Optional.of(file),
            password,
            tls.keyStore(),
            tls.keyStorePassword(),
            tls.serverName(),
            tls.protocols()));
  }

  Edit keyStore(Path file, Optional<Secret> password) {
    return new Edit(
        new Tls(
            tls.verify(),
            tls.pins(),
            tls.caFile(),
            tls.trustStore(),
            tls.trustStorePassword(),
            Optional.of(file),
            password,
            tls.serverName(),
            tls.protocols()));
  }

  Edit serverName(String name) {
    return new Edit(
        new Tls(
            tls.verify(),
            tls.pins(),
            tls.caFile(),
            tls.trustStore(),
            tls.trustStorePassword(),
            tls.keyStore(),
            tls.keyStorePassword(),
            Optional.of(name),
            tls.protocols()));
  }

  Edit protocols(String... names) {
    return new Edit(
        new Tls(
            tls.verify(),
            tls.pins(),
            tls.caFile(),
            tls.trustStore(),
            tls.trustStorePassword(),
            tls.keyStore(),
            tls.keyStorePassword(),
            tls.serverName(),
            List.of(names)));
  }
}
