package dev.gatehouse.config;

import static dev.gatehouse.config.Kind.DURATION;
import static dev.gatehouse.config.Kind.FIELDS;
import static dev.gatehouse.config.Kind.FLAG;
import static dev.gatehouse.config.Kind.LIMIT;
import static dev.gatehouse.config.Kind.METHODS;
import static dev.gatehouse.config.Kind.NAME;
import static dev.gatehouse.config.Kind.NUMBER;
import static dev.gatehouse.config.Kind.PATH;
import static dev.gatehouse.config.Kind.PERCENT;
import static dev.gatehouse.config.Kind.RANGES;
import static dev.gatehouse.config.Kind.REGEX;
import static dev.gatehouse.config.Kind.SECRET;
import static dev.gatehouse.config.Kind.WORD;
import static dev.gatehouse.config.Kind.WORDS;
import static dev.gatehouse.config.Owner.PROXY;
import static dev.gatehouse.config.Parameter.row;

import java.util.List;

/** How the backends of a pool are chosen, checked and stood in for; each pool may have its own. */
final class PoolParameters {
  static final List<Parameter> ROWS =
      List.of(
          row(
              "proxy.lb.policy",
              WORD,
              "roundRobin",
              "how a backend is chosen: `roundRobin` or `weighted`, `leastRequests`, `p2c`, `leastTime`, `hash`, `random`, `first`"),
          row(
              "proxy.lb.hashKey",
              WORD,
              "clientIp",
              "what `hash` looks at: `clientIp`, `header:X`, `cookie:X` or `uri`"),
          row(
              "proxy.lb.sticky",
              WORD,
              "off",
              "clients stay with a backend: by our own `cookie`, or by the `jvmRoute` behind the session id"),
          row(
              "proxy.lb.stickyCookie",
              NAME,
              "",
              "its name; not set: `PXROUTE`, with `jvmRoute` `JSESSIONID`. A pool `b` adds `_b` to ours, unless it has its own"),
          row(
              "proxy.lb.stickySecret",
              SECRET,
              "",
              "signs our cookie, the same in all proxies that share clients; not set: a new one at each start"),
          row(
              "proxy.lb.slowStart",
              DURATION,
              "0",
              "the share of a backend that came back grows for so long"),
          row(
              "proxy.lb.panicThreshold",
              PERCENT,
              "0",
              "with less of the pool well, all of it gets traffic; `0`: never"),
          row("proxy.health.path", PATH, "/", "asked for by health checks"),
          row(
                  "proxy.health.interval",
                  DURATION,
                  "1s",
                  "between two checks of a backend, 100ms or more")
              .alias("check_interval"),
          row(
              "proxy.health.downInterval",
              DURATION,
              "",
              "the same while it is unreachable; not set: no other"),
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
              "proxy.health.status",
              RANGES,
              "200-399",
              "good statuses of a check, such as `200-299,404`"),
          row(
              "proxy.health.body",
              REGEX,
              "",
              "a regular expression that a good body contains, in its first 64 kB"),
          row(
              "proxy.health.headers",
              FIELDS,
              "",
              "fields sent with each check: `Name: value, ...`"),
          row(
              "proxy.health.passive.maxFails",
              NUMBER,
              "3",
              "failed requests in a row that eject a backend; `0`: never"),
          row(
              "proxy.health.passive.failTimeout",
              DURATION,
              "10s",
              "for so long, and longer each time again"),
          row(
              "proxy.health.passive.maxEjected",
              PERCENT,
              "50%",
              "of the pool, that may be ejected at a time"),
          row(
              "proxy.health.passive.serverErrors",
              FLAG,
              "false",
              "5xx count as failed requests, too"),
          row(
              "proxy.breaker.errorRate",
              PERCENT,
              "0",
              "of failed requests, 20 or more in 10 s, that stops traffic to a backend; `0`: never"),
          row("proxy.breaker.openFor", DURATION, "10s", "so long, then a single request tries"),
          row(
                  "proxy.retry.maxRetries",
                  NUMBER,
                  "1",
                  "further tries of a request that was sent; `0`: none")
              .of(PROXY)
              .alias("max_retries"),
          row(
              "proxy.retry.on",
              WORDS,
              "connect,reset",
              "`connect`: no connection; `reset`: broken off without an answer; `timeout`, `502`, `503`, `504`"),
          row(
              "proxy.retry.methods",
              METHODS,
              "GET,HEAD,PUT,DELETE,OPTIONS,TRACE,QUERY",
              "sent again after they were sent once; all must be idempotent"),
          row(
              "proxy.retry.bufferSize",
              LIMIT,
              "64k",
              "of a body, kept to send it again; larger ones are sent once"),
          row(
              "proxy.retry.timeout",
              DURATION,
              "10s",
              "after so long no further try begins; `0`: no bound"),
          row(
              "proxy.retry.tryTimeout",
              DURATION,
              "0",
              "until the response to one try has begun, from when it was sent; `0`: `upstream.responseTimeout`"),
          row(
              "proxy.retry.backoff",
              DURATION,
              "25ms",
              "the longest pause before a request is sent again; doubles up to 250ms"),
          row(
              "proxy.retry.budget",
              PERCENT,
              "20%",
              "of the requests of 10 s may be retries; 3 each second always may"),
          row(
              "proxy.limit.maxInFlight",
              NUMBER,
              "0",
              "requests at one backend; `0`: `upstream.maxConnections`"),
          row(
              "proxy.limit.adaptive",
              FLAG,
              "false",
              "fewer of them while the backend is slower than usual"),
          row("proxy.queue.maxRequests", NUMBER, "1024", "that wait for a backend; one more: 503"),
          row("proxy.queue.timeout", DURATION, "1s", "so long, then 503"));

  private PoolParameters() {}
}
