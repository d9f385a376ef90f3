package dev.gatehouse.config;

import dev.gatehouse.config.PoolConfig.Balance;
import dev.gatehouse.config.PoolConfig.HashKey;
import dev.gatehouse.config.PoolConfig.HashSource;
import dev.gatehouse.config.PoolConfig.Policy;
import dev.gatehouse.config.PoolConfig.Sticky;
import dev.gatehouse.config.PoolConfig.StickyMode;
import dev.gatehouse.http.Token;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads how a pool's backends are chosen. */
final class BalanceReader {
  private static final List<String> POLICIES =
      Arrays.stream(Policy.values()).map(Policy::word).toList();
  private static final List<String> STICKY = List.of("off", "cookie", "jvmRoute");
  private static final HashKey CLIENT_IP = new HashKey(HashSource.CLIENT_IP, "");

  private final Params params;
  private final String pool;
  private final String scope;

  BalanceReader(Params params, String scope) {
    this.params = params;
    this.pool = Families.idIn(scope);
    this.scope = scope + "lb.";
  }

  Balance read() {
    String word = params.word(scope + "policy", POLICIES);
    Policy policy =
        Arrays.stream(Policy.values()).filter(p -> p.word().equals(word)).findAny().orElseThrow();
    return new Balance(
        policy,
        hashKey(),
        sticky(),
        params.duration(scope + "slowStart", Duration.ZERO),
        params.percent(scope + "panicThreshold"));
  }

  private HashKey hashKey() {
    String name = scope + "hashKey";
    String text = params.setting(name).value();
    int colon = text.indexOf(':');
    String what = text.substring(colon + 1);
    switch (text.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT)) {
      case "" -> {
        if (text.equalsIgnoreCase("clientIp")) {
          return CLIENT_IP;
        }
        if (text.equalsIgnoreCase("uri")) {
          return new HashKey(HashSource.URI, "");
        }
      }
      case "header" -> {
        if (Token.is(what)) {
          return new HashKey(HashSource.HEADER, what);
        }
      }
      case "cookie" -> {
        if (Token.is(what)) {
          return new HashKey(HashSource.COOKIE, what);
        }
      }
      default -> {} // refused below
    }
    params.refuse(name, "write clientIp, header:Name, cookie:Name or uri");
    return CLIENT_IP;
  }

  private Sticky sticky() {
    String word = params.word(scope + "sticky", STICKY);
    StickyMode mode =
        switch (word) {
          case "cookie" -> StickyMode.COOKIE;
          case "jvmRoute" -> StickyMode.JVM_ROUTE;
          default -> StickyMode.OFF;
        };
    String usual = mode == StickyMode.JVM_ROUTE ? "JSESSIONID" : "PXROUTE";
    Optional<Secret> secret = params.secret(scope + "stickySecret");
    if (secret.isPresent() && secret.get().reveal().length() < 16) {
      params.refuse(scope + "stickySecret", "must have 16 characters or more");
    }
    String name = params.text(scope + "stickyCookie", Token::is).orElse(usual);
    return new Sticky(mode, mode == StickyMode.COOKIE ? ofOnePool(name) : name, secret);
  }

  /** Two pools behind one host would put out each other's. */
  private String ofOnePool(String name) {
    boolean own = params.isSet(scope + "stickyCookie") || pool.equals(RoutesReader.DEFAULT);
    return own ? name : name + '_' + pool;
  }
}
