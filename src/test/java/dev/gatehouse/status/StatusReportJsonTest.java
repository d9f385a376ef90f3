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
              "cache": {
                "bypasses": {"method": 5},
                "byteHitRatio": null,
                "bytes": 4096,
                "bytesDelivered": 20,
                "bytesFromStore": 15,
                "collapsed": 1,
                "entries": 3,
                "evictions": 1,
                "faults": 0,
                "hitRatio": 0.75,
                "hits": 4,
                "invalidated": 1,
                "misses": 1,
                "purged": 2,
                "refreshed": 1,
                "refusals": {"no-store": 0},
                "revalidated": 2,
                "stale": 1,
                "stored": 3,
                "tiers": [
                  {"bytes": 4096, "entries": 3, "evictions": 1, "faults": 0, "maxBytes": 8192,
                   "name": "heap",
                   "state": "on"}
                ]
              },
              "container": "Jetty \\"12\\"",
              "debug": true,
              "events": [
                {
                  "at": "2026-02-03T04:05:00Z",
                  "backend": "a",
                  "by": "me",
                  "cause": "new disk",
                  "pool": "main",
                  "what": "draining"
                }
              ],
              "jvm": "17",
              "now": "2026-02-03T04:05:10Z",
              "pools": [
                {
                  "available": 2,
                  "backends": [
                    {
                      "backup": false,
                      "cancelled": 1,
                      "chosen": 34,
                      "configuredWeight": 3,
                      "connectFailures": 1,
                      "failedRequests": 4,
                      "failures": 0,
                      "id": "a",
                      "inFlight": 1,
                      "lastCheck": "2026-02-03T04:05:06.789Z",
                      "lastCheckMillis": 3.25,
                      "lastCheckResult": "200 in 3 ms",
                      "lastHealthy": "2026-02-03T04:05:06.789Z",
                      "limit": 256,
                      "requests": 30,
                      "resets": 2,
                      "since": "2026-02-03T04:00:00Z",
                      "standing": "AVAILABLE",
                      "standingDetail": "",
                      "status": "HEALTHY",
                      "timeouts": 0,
                      "url": "https://a.test:8443/base",
                      "weight": 2,
                      "weightPercent": 50
                    }
                  ],
                  "id": "main",
                  "maxFailures": 3,
                  "maxWaiting": 1024,
                  "panic": false,
                  "policy": "roundRobin",
                  "retries": 5,
                  "retriesLeft": 7,
                  "waiting": 4
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
              "backup": true,
              "cancelled": 0,
              "chosen": 10,
              "configuredWeight": 1,
              "connectFailures": 0,
              "failedRequests": 0,
              "failures": 2,
              "id": "b",
              "inFlight": 0,
              "lastCheck": null,
              "lastCheckMillis": null,
              "lastCheckResult": null,
              "lastHealthy": null,
              "limit": null,
              "requests": 10,
              "resets": 0,
              "since": null,
              "standing": "DRAINING",
              "standingDetail": "0 in flight",
              "status": "NOT_INITIATED",
              "timeouts": 0,
              "url": "http://b",
              "weight": 1,
              "weightPercent": 100
            }
            """);
  }
}
