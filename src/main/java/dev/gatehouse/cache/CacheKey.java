package dev.gatehouse.cache;

import dev.gatehouse.config.CacheConfig.Vary;
import dev.gatehouse.http.FieldName;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Under which key a response is kept (RFC 9111 §2). Each part has its length before it: two
 * requests share a key only if they share all parts, whatever characters these have.
 */
public final class CacheKey {
  /** Of a request without a body. */
  public static final String NO_BODY = "";

  private static final char BODY_END = '.';
  private static final char FRONT_END = '+';
  private static final String BODILESS = "0:";
  private static final int BEFORE_BODY = 4; // scheme, authority, resource, method
  private static final String SAME_RESPONSE = "GET"; // HEAD's is GET's without the body

  private CacheKey() {}

  /**
   * The key.
   *
   * @param body from {@link #body}, or {@link #NO_BODY}
   */
  public static String of(String method, Target target, String body) {
    return of(method, target, body, Front.NONE);
  }

  /**
   * The same, of a request that came through another proxy.
   *
   * @param front what that says of the target, from {@link Front#said}
   */
  static String of(String method, Target target, String body, String front) {
    StringBuilder key = new StringBuilder(128);
    target(key, target);
    part(key, method.equals("HEAD") ? SAME_RESPONSE : method);
    part(key, body);
    if (!front.isEmpty()) {
      part(key, front);
      key.append(FRONT_END);
    }
    return key.toString();
  }

  /** What all keys of a target begin with, and no other's. */
  public static String prefix(Target target) {
    StringBuilder key = new StringBuilder(96);
    target(key, target);
    return key.toString();
  }

  /** What all keys of a target and a method begin with, and no other's. */
  static String prefix(Target target, String method) {
    StringBuilder key = new StringBuilder(96);
    target(key, target);
    part(key, method);
    return key.toString();
  }

  /** The target that a key is of; empty if the key is none of ours. */
  public static Optional<Target> target(String key) {
    String[] parts = new String[3];
    int end = 0;
    for (int i = 0; i < parts.length; i++) {
      int start = end;
      end = next(key, start);
      if (end < 0) {
        return Optional.empty();
      }
      parts[i] = key.substring(key.indexOf(':', start) + 1, end);
    }
    return Optional.of(new Target(parts[0], parts[1], parts[2]));
  }

  /**
   * What a request's body adds to its key: the same bytes mean something else in another type or
   * coding (RFC 10008 §2.7).
   *
   * @param digest of the body, collision-free; empty: there is none
   */
  public static String body(String digest, Fields request) {
    StringBuilder body = new StringBuilder(128);
    part(body, digest);
    for (String name : List.of("Content-Type", "Content-Encoding")) {
      request.joined(name).ifPresentOrElse(value -> part(body, value), () -> body.append('-'));
    }
    return body.append(BODY_END).toString();
  }

  /** Whether there is something of a body in a key that {@link #of} has made. */
  static boolean hasBody(String key) {
    int end = hasFront(key) ? end(key, BEFORE_BODY + 1) : key.length();
    return end > 0 && key.charAt(end - 1) == BODY_END; // without one it is a 0:
  }

  /** Whether there is something in it that a proxy before us has said. */
  static boolean hasFront(String key) {
    return !key.isEmpty() && key.charAt(key.length() - 1) == FRONT_END;
  }

  /**
   * What the keys of one target and method have in common, whatever bodies and fronts they have.
   */
  static String root(String key) {
    return hasFront(key) ? key.substring(0, end(key, BEFORE_BODY)) + BODILESS : withoutBody(key);
  }

  /** The same key without what there is of a body in it: what all bodies' have in common. */
  static String withoutBody(String key) {
    if (!hasBody(key)) {
      return key;
    }
    int last = 0;
    for (int end = 0; end >= 0 && end < key.length(); end = next(key, end)) {
      last = end;
    }
    return key.substring(0, last) + BODILESS;
  }

  /**
   * In the place of a key that has a front: under this one and its variants are the responses for
   * this front.
   *
   * @param generation of all fronts', which stands under the root
   */
  static String within(String key, long generation) {
    int body = end(key, BEFORE_BODY);
    int front = next(key, body);
    StringBuilder within = new StringBuilder(key.length() + 24).append(key, 0, body);
    part(within, Long.toHexString(generation) + '#' + key.substring(front, key.length() - 1));
    return within.append(key, body, front).toString();
  }

  /** Where target and method end, and what may be secret begins; zero: it is no key of ours. */
  static int common(String key) {
    int end = end(key, BEFORE_BODY);
    return end < key.length() ? Math.max(0, end) : 0;
  }

  /** Whether nothing but target and method is in it, which end there. */
  static boolean isRoot(String key, int common) {
    return key.length() == common + BODILESS.length() && key.endsWith(BODILESS);
  }

  /** Where so many of its parts end; negative: there are less. */
  private static int end(String key, int parts) {
    int end = 0;
    for (int i = 0; i < parts && end >= 0; i++) {
      end = next(key, end);
    }
    return end;
  }

  /** Where the part ends that starts there; negative: none does. */
  private static int next(String key, int start) {
    int colon = key.indexOf(':', start);
    if (colon <= start || colon - start > 8) {
      return -1;
    }
    int length = 0;
    for (int i = start; i < colon; i++) {
      int digit = key.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      length = length * 10 + digit;
    }
    int end = colon + 1 + length;
    return end <= key.length() ? end : -1;
  }

  /**
   * The key of the variant that a request selects (RFC 9111 §4.1). It may hold secrets, such as
   * cookies, so that it is for the heap only; the key itself holds none but those that are in the
   * URI or configured.
   *
   * @param names of the selecting fields, in lower case and sorted
   * @param request the fields that the origin gets
   * @param vary which of their values are the same
   */
  public static String variant(
      String key, long generation, List<String> names, Fields request, Vary vary) {
    StringBuilder variant = new StringBuilder(key.length() + 64).append(key);
    variant.append('#').append(Long.toHexString(generation)).append('#');
    for (String name : names) {
      part(variant, name);
      List<String> lines = lines(name, request);
      if (lines.isEmpty()) {
        variant.append('-'); // absent matches only absent
      } else {
        part(variant, SelectingValue.of(name, lines, vary));
      }
    }
    return variant.toString();
  }

  /**
   * Of one field, and of those that programs may take for it, told apart by their names: a client
   * must not get what another field's value brings to be taken for this one's.
   */
  private static List<String> lines(String name, Fields request) {
    List<String> lines = request.all(name);
    for (int i = 0; i < request.size(); i++) {
      String other = request.name(i);
      if (!other.equalsIgnoreCase(name) && isAlso(name, other)) {
        lines = new ArrayList<>(lines);
        lines.add(other + '\n' + request.value(i)); // which no value has in it
      }
    }
    return lines;
  }

  /** Whether a field selects where Vary lists this name. */
  static boolean isAlso(String name, String other) {
    return other.length() == name.length()
        && FieldName.plain(other).equalsIgnoreCase(FieldName.plain(name));
  }

  static void part(StringBuilder key, String value) {
    key.append(value.length()).append(':').append(value);
  }

  private static void target(StringBuilder key, Target target) {
    part(key, target.scheme());
    part(key, target.authority());
    part(key, target.resource());
  }
}
