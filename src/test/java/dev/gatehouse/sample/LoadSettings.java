package dev.gatehouse.sample;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * What load to send, and where.
 *
 * @param perSecond requests per second, sent whether or not earlier ones are answered
 * @param postRatio the share of POST among the requests, from 0 to 1
 * @param connections the most connections at once
 * @param timeout of one request, its wait for a connection included
 */
record LoadSettings(
    URI url,
    String key,
    double perSecond,
    Duration duration,
    double postRatio,
    int connections,
    Duration timeout,
    boolean http2,
    boolean insecure) {
  private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Refuses what makes no sense, with an explanation. */
  LoadSettings {
    require(url.getScheme() != null && url.getScheme().matches("https?"), "--url: not http(s)");
    require(url.getHost() != null, "--url: no host");
    require(!duration.isZero(), "--duration: must be above 0");
    require(postRatio >= 0 && postRatio <= 1, "--post-ratio: must be from 0 to 1");
    require(connections > 0, "--connections: must be above 0");
    require(!timeout.isZero(), "--timeout: must be above 0");
    require(
        perSecond * duration.toMillis() / 1000 <= Integer.MAX_VALUE, "--rps: too many requests");
  }

  boolean isLocal() {
    return LOCAL_HOSTS.contains(url.getHost());
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
