package dev.gatehouse.guard;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.http.Methods;
import dev.gatehouse.http.RequestPath;
import dev.gatehouse.http.Token;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request is for us to forward. What the fields say, {@link FieldRules} decides.
 */
final class RequestPolicy {
  private static final String ALL =
      "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, QUERY"; // what we know, when any may pass

  private final ProxyConfig.Guard limits;
  private final Optional<String> via;
  private final String allow;

  /**
   * @param via our name in Via, by which a loop is found
   */
  RequestPolicy(ProxyConfig.Guard limits, Optional<String> via) {
    this.limits = limits;
    this.via = via;
    this.allow = limits.methods().isEmpty() ? ALL : String.join(", ", limits.methods());
  }

  /** The value of Allow. */
  String allow() {
    return allow;
  }

  /** What rules see of the raw path; {@link RequestPath#REFUSED} for none, and for {@code *}. */
  String rulePath(String path) {
    return limits.strictPaths()
        ? RequestPath.strict(path, limits.encodedSlash())
        : RequestPath.asItIs(path);
  }

  /**
   * The decision on the request line.
   *
   * @param path as it came
   * @param query as it came, without the question mark; null for none
   * @param protocol as the container says it, such as {@code HTTP/1.1}
   * @param rulePath what {@link #rulePath} has made of the path
   */
  Verdict onLine(
      String method, String path, @Nullable String query, String protocol, String rulePath) {
    if (!isVersion(protocol)) {
      return Verdict.UNKNOWN_VERSION; // RFC 9110 §15.6.6
    }
    if (!allows(method)) {
      return refusal(method);
    }
    if (path.length() + (query == null ? 0 : query.length()) > limits.maxUriLength()) {
      return Verdict.TARGET_TOO_LONG;
    }
    if (path.equals("*") && query == null) {
      return method.equals("OPTIONS") ? Verdict.ANSWER : Verdict.MALFORMED; // RFC 9112 §3.2.4
    }
    boolean sound = !rulePath.isEmpty() && (query == null || RequestPath.isQuery(query));
    return sound ? Verdict.FORWARD : Verdict.MALFORMED;
  }

  /** The decision on the fields, of which each has to be shown to it. */
  FieldRules fieldsOf(String method, String protocol) {
    return new FieldRules(this, limits, via, method, protocol);
  }

  /** Whether a field may name this method, in any case, to be used instead of the request's. */
  boolean allowsOverride(String value) {
    String method = value.strip();
    return method.isEmpty()
        || limits.methods().contains(method)
        || allows(method.toUpperCase(Locale.ROOT));
  }

  /** Methods are case-sensitive (RFC 9110 §9.1). */
  private boolean allows(String method) {
    return limits.methods().isEmpty()
        ? !isNeverForwarded(method) && Token.is(method)
        : limits.methods().contains(method);
  }

  private static Verdict refusal(String method) {
    if (Methods.isKnown(method)) {
      return Verdict.METHOD_NOT_ALLOWED; // RFC 9110 §15.5.6
    }
    return Token.is(method) ? Verdict.NOT_IMPLEMENTED : Verdict.MALFORMED; // §15.6.2
  }

  /** TRACE would echo keys (RFC 9110 §9.3.8), CONNECT is not for gateways (§9.3.6). */
  private static boolean isNeverForwarded(String method) {
    return method.equals("TRACE") || method.equals("CONNECT");
  }

  private static boolean isVersion(String protocol) {
    return switch (protocol) {
      case "HTTP/1.1", "HTTP/2.0", "HTTP/1.0", "HTTP/2" -> true; // of HTTP/3 no framing was tried
      default -> false;
    };
  }
}
