package dev.gatehouse.status;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The JSON is an interface for others' tools: a change here is a change for them. */
class StatusReportJsonTest {
  private final Jsonb json = // as the servlet has it
      JsonbBuilder.create(new JsonbConfig().withFormatting(true).withNullValues(true));

  @AfterEach
  void close() throws Exception {
    json.close();
  }

  @Test
  void theJsonHasExactlyThisShape() {
    assertThat(json.toJson(Reports.of(Reports.pool(Reports.CHECKED))))
        .isEqualToIgnoringWhitespace(
            """
            {
              "container": "Jetty \\"12\\"",
              "debug": true,
              "jvm": "17",
              "now": "2026-02-03T04:05:10Z",
              "pools": [
                {
                  "available": 2,
                  "backends": [
                    {
                      "failedRequests": 4,
                      "failures": 0,
                      "id": "a",
                      "inFlight": 1,
                      "lastCheck": "2026-02-03T04:05:06.789Z",
                      "lastCheckMillis": 3.25,
                      "lastCheckResult": "200 in 3 ms",
                      "lastHealthy": "2026-02-03T04:05:06.789Z",
                      "requests": 30,
                      "since": "2026-02-03T04:00:00Z",
                      "status": "HEALTHY",
                      "url": "https://a.test:8443/base",
                      "weight": 2
                    }
                  ],
                  "id": "main",
                  "maxFailures": 3,
                  "policy": "round-robin"
                }
              ],
              "product": "Gatehouse",
              "started": "2026-02-03T04:00:00Z",
              "totals": {
                "inFlight": 1,
                "requests": 7,
                "status1xx": 0,
                "status2xx": 2,
                "status3xx": 1,
                "status4xx": 2,
                "status5xx": 1
              },
              "uptimeSeconds": 310,
              "version": "1.2.3",
              "warnings": ["proxy.debug is on"]
            }
            """);
  }

  @Test
  void whatIsAbsentIsNullAndNotLeftOut() {
    assertThat(json.toJson(Reports.UNCHECKED))
        .isEqualToIgnoringWhitespace(
            """
            {
              "failedRequests": 0,
              "failures": 2,
              "id": "b",
              "inFlight": 0,
              "lastCheck": null,
              "lastCheckMillis": null,
              "lastCheckResult": null,
              "lastHealthy": null,
              "requests": 10,
              "since": null,
              "status": "NOT_INITIATED",
              "url": "http://b",
              "weight": 1
            }
            """);
  }
}
