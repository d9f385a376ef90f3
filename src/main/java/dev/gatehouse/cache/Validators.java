package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import java.util.List;
import java.util.Optional;

/** The conditions under which a stored response is asked for anew (RFC 9111 §4.3.1). */
public final class Validators {
  private static final String ETAG = "ETag";
  private static final String LAST_MODIFIED = "Last-Modified";

  private Validators() {}

  /** Whether a response can be validated once it is stored. */
  public static boolean has(Fields response) {
    return only(response, ETAG).isPresent() || only(response, LAST_MODIFIED).isPresent();
  }

  /** If-None-Match and If-Modified-Since with what is stored, byte for byte. */
  public static Fields of(StoredResponse stored) {
    Fields conditions = Fields.NONE;
    Optional<String> tag = only(stored.fields(), ETAG);
    if (tag.isPresent()) {
      conditions = conditions.plus("If-None-Match", tag.get());
    }
    Optional<String> modified = only(stored.fields(), LAST_MODIFIED);
    if (modified.isPresent()) {
      conditions = conditions.plus("If-Modified-Since", modified.get());
    }
    return conditions;
  }

  /**
   * The fields with which a client's request goes to the origin to validate what is stored: its own
   * If-None-Match, If-Modified-Since and Range give way, and are answered by us afterwards, since a
   * 304 or 206 to them would be about a representation that we don't have. Its other conditions
   * stay: the origin answers them (RFC 9110 §13.2.2 has them first).
   *
   * <p>A HEAD goes on as it is (§4.3.5), and so do a POST, to which a condition has another meaning
   * (RFC 9110 §13.2.2), and a request where nothing stored can be validated: a 304 is then the
   * client's.
   */
  public static Fields validating(String method, Fields request, StoredResponse stored) {
    boolean asItIs = method.equals("HEAD") || method.equals("POST");
    Fields conditions = asItIs ? Fields.NONE : of(stored);
    return conditions.size() == 0 ? request : and(request.keep(name -> !isOurs(name)), conditions);
  }

  private static boolean isOurs(String name) {
    return switch (name.length()) {
      case 5 -> name.equalsIgnoreCase("Range");
      case 8 -> name.equalsIgnoreCase("If-Range");
      case 13 -> name.equalsIgnoreCase("If-None-Match");
      case 17 -> name.equalsIgnoreCase("If-Modified-Since");
      default -> false;
    };
  }

  private static Fields and(Fields fields, Fields more) {
    Fields all = fields;
    for (int i = 0; i < more.size(); i++) {
      all = all.plus(more.name(i), more.value(i));
    }
    return all;
  }

  private static Optional<String> only(Fields response, String name) {
    List<String> lines = response.all(name);
    return lines.size() == 1 && !lines.get(0).isBlank()
        ? Optional.of(lines.get(0))
        : Optional.empty();
  }
}
