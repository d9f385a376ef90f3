package dev.gatehouse.auth;

import java.util.ArrayList;
import java.util.List;

/**
 * Definitions of keys as text, one a line; blank lines and those that begin with # are skipped.
 *
 * @param keys the keys defined, after those they were added to; of use only without problems
 * @param problems each with source and line; never with a key
 * @param notes what works but should be changed; never with a key
 */
public record KeyLines(ApiKeys keys, List<String> problems, List<String> notes) {

  public KeyLines {
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /**
   * Reads all lines and collects all problems.
   *
   * @param source where the lines come from, for messages
   * @param others keys that are valid besides; no id and no key may occur twice
   */
  public static KeyLines parse(String source, List<String> lines, ApiKeys others) {
    ApiKeys keys = others;
    List<String> problems = new ArrayList<>();
    List<String> plain = new ArrayList<>();
    KeyLine reader = new KeyLine(new Sha256());
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      KeyLine.Parsed parsed = reader.parse(line);
      List<String> wrong = new ArrayList<>(parsed.problems());
      for (ApiKey key : parsed.key().stream().toList()) {
        if (keys.hasId(key.id())) {
          wrong.add("the id is used twice");
        } else if (keys.hasSameKeyAs(key)) {
          wrong.add("the same key has another id too");
        } else {
          keys = keys.plus(key);
        }
      }
      String where = "line " + (i + 1) + parsed.id().map(id -> " (" + id + ")").orElse("");
      wrong.forEach(problem -> problems.add(source + " " + where + ": " + problem));
      if (parsed.plainText()) {
        plain.add(where);
      }
    }
    return new KeyLines(keys, problems, notes(source, plain));
  }

  private static List<String> notes(String source, List<String> plain) {
    return plain.isEmpty()
        ? List.of()
        : List.of(
            source
                + ": keys in plain text in "
                + String.join(", ", plain)
                + "; better id:{sha256}hash, the hash as printed by: printf %s KEY | sha256sum");
  }
}
