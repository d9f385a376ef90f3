package dev.gatehouse.guard;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.http.HostField;
import dev.gatehouse.http.Overriding;
import dev.gatehouse.http.Token;
import dev.gatehouse.http.Via;
import java.util.Optional;

/**
 * Decides on the fields of one request, each of which is shown to it once. What is wrong with one
 * ends the matter; {@link #together} decides on what only all of them tell.
 */
final class FieldRules {
  private static final String CHUNKED = "chunked";

  private final RequestPolicy policy;
  private final ProxyConfig.Guard limits;
  private final Optional<String> via;
  private final String method;
  private final boolean http10;
  private final boolean http1;
  private int count;
  private long size;
  private String host = "";
  private boolean measured;
  private boolean transferCoded;
  private boolean answered;

  FieldRules(
      RequestPolicy policy,
      ProxyConfig.Guard limits,
      Optional<String> via,
      String method,
      String protocol) {
    this.policy = policy;
    this.limits = limits;
    this.via = via;
    this.method = method;
    this.http10 = protocol.equals("HTTP/1.0");
    this.http1 = protocol.startsWith("HTTP/1.");
  }

  /** One field line. */
  Verdict on(String name, String value) {
    count++;
    size += name.length() + value.length();
    if (count > limits.maxHeaders() || size > limits.maxHeaderSize()) {
      return Verdict.FIELDS_TOO_LARGE; // RFC 6585 §5
    }
    if (!Token.is(name) || !isText(value)) {
      return Verdict.MALFORMED; // RFC 9110 §5.5: what Undertow shows, others refuse themselves
    }
    return switch (name.length()) { // cheap, as this is asked of every field
      case 3 -> name.equalsIgnoreCase("Via") ? onVia(value) : Verdict.FORWARD;
      case 4 -> name.equalsIgnoreCase("Host") ? onHost(value) : Verdict.FORWARD;
      case 6 -> name.equalsIgnoreCase("Expect") ? onExpect(value) : Verdict.FORWARD;
      case 12 -> name.equalsIgnoreCase("Max-Forwards") ? onMaxForwards(value) : Verdict.FORWARD;
      case 14 -> name.equalsIgnoreCase("Content-Length") ? onLength(value) : Verdict.FORWARD;
      case 17 -> onSeventeen(name, value);
      default -> Overriding.isMethod(name) ? onOverride(value) : Verdict.FORWARD;
    };
  }

  /** Whether no Host field has come; HTTP/2 has other means, which containers may keep apart. */
  boolean lacksHost() {
    return host.isEmpty();
  }

  /** The authority of a request that has no Host field but the container's word for it. */
  Verdict onAuthority(String name) {
    boolean bare = name.indexOf(':') >= 0 && !name.startsWith("[");
    return onHost(bare ? "[" + name + "]" : name);
  }

  /** The decision on all of them. */
  Verdict together() {
    if (transferCoded && (measured || http10 || !http1)) {
      return Verdict.MALFORMED; // RFC 9112 §6.1: faulty or an attack; RFC 9113 §8.2.2
    }
    if (host.isEmpty() && !http10) {
      return Verdict.MALFORMED; // RFC 9112 §3.2
    }
    return answered ? Verdict.ANSWER : Verdict.FORWARD;
  }

  private Verdict onVia(String value) {
    boolean loop = via.isPresent() && Via.names(value, via.get());
    return loop ? Verdict.LOOP : Verdict.FORWARD; // RFC 9110 §7.6.3
  }

  /** RFC 9112 §3.2. Of HTTP/2 a container may show :authority and an equal Host. */
  private Verdict onHost(String value) {
    boolean first = host.isEmpty();
    boolean sound = first ? HostField.isValid(value) : !http1 && value.equalsIgnoreCase(host);
    host = first ? value : host;
    return sound ? Verdict.FORWARD : Verdict.MALFORMED;
  }

  /** RFC 9110 §10.1.1. */
  private static Verdict onExpect(String value) {
    boolean known = value.isEmpty() || value.equalsIgnoreCase("100-continue");
    return known ? Verdict.FORWARD : Verdict.UNKNOWN_EXPECTATION;
  }

  /** RFC 9110 §7.6.2; of TRACE, which has it too, nothing is left to decide. */
  private Verdict onMaxForwards(String value) {
    if (!method.equals("OPTIONS")) {
      return Verdict.FORWARD;
    }
    long hops = value.length() > 9 ? -1 : number(value);
    answered |= hops == 0;
    return hops < 0 ? Verdict.MALFORMED : Verdict.FORWARD;
  }

  private Verdict onOverride(String value) {
    return policy.allowsOverride(value) ? Verdict.FORWARD : Verdict.METHOD_NOT_ALLOWED;
  }

  /** RFC 9110 §8.6; equal ones may be taken as one, but who sends them is not to be trusted. */
  private Verdict onLength(String value) {
    long length = number(value);
    if (measured || length < 0) {
      return Verdict.MALFORMED;
    }
    measured = true;
    long most = limits.maxBodySize();
    return most > 0 && length > most ? Verdict.BODY_TOO_LARGE : Verdict.FORWARD;
  }

  private Verdict onSeventeen(String name, String value) {
    if (name.equalsIgnoreCase("Transfer-Encoding")) {
      return onTransferEncoding(value);
    }
    return Overriding.isMethod(name) ? onOverride(value) : Verdict.FORWARD;
  }

  /** RFC 9112 §6.1: without chunked once and at the end, nobody knows where the body ends. */
  private Verdict onTransferEncoding(String value) {
    boolean second = transferCoded;
    transferCoded = true;
    if (!second && value.equalsIgnoreCase(CHUNKED)) {
      return Verdict.FORWARD;
    }
    int last = value.length() - CHUNKED.length();
    boolean ends = last > 0 && value.regionMatches(true, last, CHUNKED, 0, CHUNKED.length());
    boolean once = !value.regionMatches(true, 0, CHUNKED, 0, CHUNKED.length());
    return !second && ends && once ? Verdict.NOT_IMPLEMENTED : Verdict.MALFORMED;
  }

  /** Without control characters; a tab is a blank (RFC 9110 §5.5). */
  private static boolean isText(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** Negative for what is no number, or one beyond all measure. */
  private static long number(String text) {
    long number = text.isEmpty() ? -1 : 0;
    for (int i = 0; i < text.length() && number >= 0; i++) {
      char c = text.charAt(i);
      boolean fits = c >= '0' && c <= '9' && number < Long.MAX_VALUE / 10;
      number = fits ? number * 10 + (c - '0') : -1;
    }
    return number;
  }
}
