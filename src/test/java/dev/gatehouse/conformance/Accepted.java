package dev.gatehouse.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Which servers let which rows of area A through to the backend (A30), from a resource. */
final class Accepted {
  private static final Map<String, Set<String>> BY_ROW = read();

  private Accepted() {}

  /** Whether the server is to accept the row. */
  static boolean by(Row row, String server) {
    Set<String> servers = BY_ROW.get(row.toString());
    return servers != null && (servers.contains(server) || servers.contains("all"));
  }

  /** The rows that the resource names. */
  static Set<String> rows() {
    return BY_ROW.keySet();
  }

  private static Map<String, Set<String>> read() {
    Map<String, Set<String>> byRow = new TreeMap<>();
    for (String line : lines("accepted.txt")) {
      String[] parts = line.split(" +\\| ", 2);
      byRow.put(parts[1], Set.of(parts[0].split(" ")));
    }
    return byRow;
  }

  /** A resource's lines without comments. */
  static List<String> lines(String resource) {
    try (InputStream in =
        Objects.requireNonNull(Accepted.class.getResourceAsStream("/conformance/" + resource))) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
