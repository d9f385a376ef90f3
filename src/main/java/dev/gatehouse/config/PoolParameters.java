package dev.gatehouse.config;

import static dev.gatehouse.config.Kind.DURATION;
import static dev.gatehouse.config.Kind.NUMBER;
import static dev.gatehouse.config.Kind.PATH;
import static dev.gatehouse.config.Kind.WORD;
import static dev.gatehouse.config.Kind.WORDS;
import static dev.gatehouse.config.Owner.PROXY;
import static dev.gatehouse.config.Parameter.row;

import java.util.List;

/** How the backends of a pool are chosen, checked and stood in for; each pool may have its own. */
final class PoolParameters {
  static final List<Parameter> ROWS =
      List.of(
          row("proxy.lb.policy", WORD, "roundRobin", "how a backend is chosen: `roundRobin`"),
          row("proxy.health.path", PATH, "/", "asked for by health checks"),
          row(
                  "proxy.health.interval",
                  DURATION,
                  "1s",
                  "between two checks of a backend, 100ms or more")
              .alias("check_interval"),
          row(
              "proxy.health.timeout",
              DURATION,
              "1s",
              "a later answer is a failed check; at most the interval"),
          row(
                  "proxy.health.maxFailures",
                  NUMBER,
                  "3",
                  "failed checks in a row that take a backend out")
              .of(PROXY)
              .alias("max_failures"),
          row("proxy.health.minSuccesses", NUMBER, "1", "good checks in a row that bring it back")
              .of(PROXY),
          row(
                  "proxy.retry.maxRetries",
                  NUMBER,
                  "2",
                  "further backends tried for a request; `0`: none")
              .of(PROXY)
              .alias("max_retries"),
          row(
              "proxy.retry.on",
              WORDS,
              "connect,reset",
              "`connect`: no connection; `reset`: broken off without an answer"));

  private PoolParameters() {}
}
