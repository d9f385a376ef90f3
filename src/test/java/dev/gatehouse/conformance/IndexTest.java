package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of the catalogue has a test, and the index says which. */
class IndexTest {
  private static final String ROOT = "dev.gatehouse.";

  static Stream<Map.Entry<String, String>> catalogue() {
    return byId("catalogue.txt").entrySet().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("catalogue")
  void aCaseIsInTheIndex(Map.Entry<String, String> idAndSeverity) throws Exception {
    Map<String, String> index = byId("index.txt");
    assertThat(index).containsKey(idAndSeverity.getKey());
    String where = index.getOrDefault(idAndSeverity.getKey(), "");
    if (where.startsWith("- later: ")) {
      return; // with the feature
    }
    if (where.startsWith("- ")) {
      assertThat(idAndSeverity.getValue()).as("only these may be left out").isIn("M", "L");
      return;
    }
    for (String name : where.split(" ", -1)) {
      assertThat(exists(name)).as(name).isTrue();
    }
  }

  @Test
  void theIndexHasNothingElse() {
    assertThat(byId("catalogue.txt").keySet()).containsAll(byId("index.txt").keySet());
  }

  @Test
  void aTablesRowsAreInTheIndexAndToldApart() {
    Map<String, String> index = byId("index.txt");
    Map.of(
            "FramingIT", FramingIT.rows().toList(),
            "TargetIT", new TargetRows(1).all().toList(),
            "RefusedBodyIT", RefusedBodyRows.all().toList(),
            "EarlyAnswerIT", RefusedBodyRows.early().toList())
        .forEach(
            (test, rows) -> {
              assertThat(rows).allMatch(row -> index.getOrDefault(row.id(), "").contains(test));
              assertThat(rows).extracting(Row::toString).doesNotHaveDuplicates();
            });
  }

  @Test
  void whatIsSaidToBeAcceptedIsARow() {
    Set<String> rows = FramingIT.rows().map(Row::toString).collect(Collectors.toSet());
    assertThat(rows).containsAll(Accepted.rows());
  }

  private static Map<String, String> byId(String resource) {
    Map<String, String> lines = new TreeMap<>();
    for (String line : Accepted.lines(resource)) {
      String[] parts = line.split(" +", 2);
      assertThat(lines.put(parts[0], parts[1])).as("twice: " + line).isNull();
    }
    return lines;
  }

  /** A class of this package, or one with its package, and perhaps a method. */
  private static boolean exists(String name) throws ClassNotFoundException {
    List<String> parts = List.of(name.split("#", -1));
    String full = (parts.get(0).contains(".") ? ROOT : ROOT + "conformance.") + parts.get(0);
    Class<?> type = Class.forName(full, false, IndexTest.class.getClassLoader());
    return parts.size() == 1
        || Arrays.stream(type.getDeclaredMethods())
            .map(Method::getName)
            .anyMatch(parts.get(1)::equals);
  }
}
