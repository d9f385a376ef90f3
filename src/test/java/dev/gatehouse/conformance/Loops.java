package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

/** Area B: requests that have been here, or have come far enough. */
final class Loops {
  private Loops() {}

  static Stream<Case> rows() {
    return Stream.of(loops(), counted()).flatMap(List::stream);
  }

  private static List<Case> loops() {
    return Stream.of("1.1 gatehouse", "1.0 fred, 1.1 GateHouse (again)", "1.1 a,2 gatehouse")
        .map(
            via ->
                Case.of("B12", "Via: " + via)
                    .lines("Via: " + via)
                    .must(
                        "is a loop",
                        o -> {
                          o.isRefused(508, 502);
                          o.isNotForwarded();
                        }))
        .toList();
  }

  private static List<Case> counted() {
    return List.of(
        Case.of("B12", "Via: 1.0 fred, 1.1 gatehouse2")
            .lines("Via: 1.0 fred, 1.1 gatehouse2")
            .must(
                "is no loop; our name follows",
                o ->
                    assertThat(String.join(", ", o.forwarded().headers("Via")))
                        .isEqualTo("1.0 fred, 1.1 gatehouse2, 1.1 gatehouse")),
        Case.of("B13", "OPTIONS with Max-Forwards: 0")
            .method("OPTIONS")
            .lines("Max-Forwards: 0")
            .must(
                "is answered by us",
                o -> {
                  assertThat(o.reply().status()).isIn(200, 204);
                  assertThat(o.reply().header("Allow").orElseThrow()).contains("GET");
                  o.isNotForwarded();
                }),
        Case.of("B13", "OPTIONS with Max-Forwards: 1")
            .method("OPTIONS")
            .lines("Max-Forwards: 1")
            .must(
                "is forwarded with 0",
                o -> assertThat(o.forwarded().headers("Max-Forwards")).containsExactly("0")),
        Case.of("B13", "OPTIONS with Max-Forwards: -1")
            .method("OPTIONS")
            .lines("Max-Forwards: -1")
            .must(
                "is a 400",
                o -> {
                  o.isRefused(400);
                  o.isNotForwarded();
                }));
  }
}
