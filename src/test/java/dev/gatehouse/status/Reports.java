package dev.gatehouse.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reports with every value set, and with every value that may be absent. */
final class Reports {
  static final StatusReport.Backend CHECKED =
      new StatusReport.Backend(
          "a",
          "https://a.test:8443/base",
          "HEALTHY",
          0,
          Optional.of(Instant.parse("2026-02-03T04:05:06.789Z")),
          Optional.of(Instant.parse("2026-02-03T04:00:00Z")),
          Optional.of(Instant.parse("2026-02-03T04:05:06.789Z")),
          Optional.of("200 in 3 ms"),
          Optional.of(3.25),
          2,
          1,
          30,
          4);

  static final StatusReport.Backend UNCHECKED =
      new StatusReport.Backend(
          "b",
          "http://b",
          "NOT_INITIATED",
          2,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          1,
          0,
          10,
          0);

  private Reports() {}

  static StatusReport of(StatusReport.Pool... pools) {
    return new StatusReport(
        "Gatehouse",
        "1.2.3",
        "Jetty \"12\"",
        "17",
        Instant.parse("2026-02-03T04:05:10Z"),
        Instant.parse("2026-02-03T04:00:00Z"),
        310,
        true,
        List.of("proxy.debug is on"),
        new StatusReport.Totals(7, 1, 0, 2, 1, 2, 1),
        List.of(pools));
  }

  static StatusReport.Pool pool(StatusReport.Backend... backends) {
    return new StatusReport.Pool("main", "round-robin", 2, 3, List.of(backends));
  }
}
