package dev.gatehouse.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary as a structured field has it (RFC 9651 §4.2.2). All types are read as strictly as
 * they are defined; only integers, strings and booleans are kept, and no parameters, since no
 * directive has others (RFC 9213 §2.1).
 */
final class StructuredDictionary {
  private final StructuredItems items;

  private StructuredDictionary(String text) {
    items = new StructuredItems(text);
  }

  /**
   * Empty if any of it is not well-formed: then the whole field counts as not there.
   *
   * @param lines of one field, which count as one (§4.2)
   */
  static Optional<Map<String, Value>> parse(List<String> lines) {
    var dictionary = new StructuredDictionary(String.join(", ", lines));
    return Optional.ofNullable(dictionary.read());
  }

  /** What stands behind a key. */
  sealed interface Value permits Whole, Text, Truth, Other {}

  /** An integer (§3.3.1). */
  record Whole(long number) implements Value {}

  /** A string (§3.3.3). */
  record Text(String text) implements Value {}

  /** A boolean (§3.3.6), also one that is only meant (§3.2). */
  record Truth(boolean is) implements Value {}

  /** A value of any other type. */
  enum Other implements Value {
    DECIMAL,
    TOKEN,
    BYTES,
    DATE,
    DISPLAY_STRING,
    INNER_LIST
  }

  private @Nullable Map<String, Value> read() {
    Map<String, Value> members = new LinkedHashMap<>();
    items.skipSpaces();
    while (!items.atEnd()) {
      String key = items.key();
      Value value = key == null ? null : items.take('=') ? itemOrList() : new Truth(true);
      if (key == null || value == null || !items.parameters()) {
        return null;
      }
      members.remove(key); // the last one counts, in its place
      members.put(key, value);
      items.skipBlanks();
      if (items.atEnd()) {
        return members;
      }
      boolean more = items.take(',');
      items.skipBlanks();
      if (!more || items.atEnd()) {
        return null;
      }
    }
    return members;
  }

  private @Nullable Value itemOrList() {
    return items.take('(') ? innerList() : items.bareItem();
  }

  /** §4.2.1.2, behind the parenthesis. */
  private @Nullable Value innerList() {
    while (true) {
      boolean apart = items.skipSpaces();
      if (items.take(')')) {
        return Other.INNER_LIST;
      }
      boolean first = items.isBehind('(');
      if (!(apart || first) || items.bareItem() == null || !items.parameters()) {
        return null;
      }
    }
  }
}
