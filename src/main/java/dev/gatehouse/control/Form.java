package dev.gatehouse.control;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of a wish.
 *
 * <p>Immutable.
 */
final class Form {
  /** Bytes of a body; no wish needs more. */
  static final int LARGEST = 4_096;

  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;

  private final Map<String, String> values;

  private Form(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * What a request says in its body, or in its query.
   *
   * @throws RefusedException if it is no form (400), or too large (413)
   */
  static Form of(HttpServletRequest request) throws IOException, RefusedException {
    if (request.getContentLengthLong() > LARGEST) {
      throw tooLarge(); // it is not even asked for
    }
    Form body = read(request.getInputStream());
    String query = request.getQueryString();
    return body.values.isEmpty() && query != null ? parse(query) : body;
  }

  /**
   * Reads a body to its end, or refuses it as soon as it is too large.
   *
   * @throws RefusedException if it is no form (400), or too large (413)
   */
  static Form read(InputStream body) throws IOException, RefusedException {
    byte[] bytes = body.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw tooLarge();
    }
    return parse(new String(bytes, StandardCharsets.UTF_8));
  }

  private static RefusedException tooLarge() {
    return new RefusedException(TOO_LARGE, "A form may have " + LARGEST + " bytes.");
  }

  /** {@code a=b&c=d}, each name once. */
  static Form parse(String text) throws RefusedException {
    Map<String, String> values = new HashMap<>();
    for (String pair : text.strip().split("&", -1)) {
      int equals = pair.indexOf('=');
      if (pair.isEmpty()) {
        continue;
      }
      if (equals < 1) {
        throw new RefusedException(BAD_REQUEST, "Write parameters as a form does: name=value.");
      }
      if (values.putIfAbsent(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)))
          != null) {
        throw new RefusedException(BAD_REQUEST, "A parameter is there twice.");
      }
    }
    return new Form(values);
  }

  private static String decode(String text) throws RefusedException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(BAD_REQUEST, "A percent sign must be followed by two digits.");
    }
  }

  /** The value; empty if there is none. */
  String value(String name) {
    return values.getOrDefault(name, "").strip();
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Refuses what it has besides these: a slip in a name would be overlooked. */
  void onlyHas(Set<String> names) throws RefusedException {
    if (!names.containsAll(values.keySet())) {
      throw new RefusedException(
          BAD_REQUEST, "Only these parameters have a meaning here: " + String.join(", ", names));
    }
  }
}
