package dev.gatehouse.status;

import dev.gatehouse.events.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports with every value set, and with every value that may be absent. */
final class Reports {
  static final StatusReport.Backend CHECKED =
      new StatusReport.Backend(
          "a",
          "https://a.test:8443/base",
          "HEALTHY",
          "AVAILABLE",
          "",
          false,
          0,
          Optional.of(Instant.parse("2026-02-03T04:05:06.789Z")),
          Optional.of(Instant.parse("2026-02-03T04:00:00Z")),
          Optional.of(Instant.parse("2026-02-03T04:05:06.789Z")),
          Optional.of("200 in 3 ms"),
          Optional.of(3.25),
          2,
          50,
          3,
          1,
          Optional.of(256),
          34,
          30,
          4,
          1,
          2,
          0,
          1);

  static final StatusReport.Backend UNCHECKED =
      new StatusReport.Backend(
          "b",
          "http://b",
          "NOT_INITIATED",
          "DRAINING",
          "0 in flight",
          true,
          2,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          1,
          100,
          1,
          0,
          Optional.empty(),
          10,
          10,
          0,
          0,
          0,
          0,
          0);

  static final StatusReport.Cache CACHE =
      new StatusReport.Cache(
          3,
          4096,
          List.of(new StatusReport.Tier("heap", "on", 3, 4096, 8192, 1, 0)),
          Optional.of(0.75),
          Optional.empty(),
          20,
          15,
          4,
          1,
          2,
          1,
          1,
          1,
          3,
          1,
          2,
          1,
          0,
          Map.of("method", 5L),
          Map.of("no-store", 0L));

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
        Optional.of(CACHE),
        List.of(pools),
        List.of(
            new Event(
                Instant.parse("2026-02-03T04:05:00Z"), "main", "a", "draining", "new disk", "me")));
  }

  static StatusReport.Pool pool(StatusReport.Backend... backends) {
    return new StatusReport.Pool(
        "main", "roundRobin", 2, false, 3, 5, 7, 4, 1024, List.of(backends));
  }
}
