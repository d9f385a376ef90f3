package dev.gatehouse.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept of responses.
 *
 * @param maxObjectSize bytes of a body; larger ones are not kept
 * @param statusHeader the field that tells what the cache did; empty: none
 * @param tagHeaders response fields with tags to purge by
 * @param purgeFrom who may send PURGE; empty: nobody
 */
public record CacheConfig(
    boolean enabled,
    Tiers tiers,
    int maxObjectSize,
    Rules rules,
    Key key,
    Lock lock,
    Optional<String> statusHeader,
    List<String> tagHeaders,
    List<Cidr> purgeFrom) {
  public CacheConfig {
    tagHeaders = List.copyOf(tagHeaders);
    purgeFrom = List.copyOf(purgeFrom);
  }

  /** Whether a response field names tags. */
  public boolean isTag(String field) {
    for (String name : tagHeaders) {
      if (name.equalsIgnoreCase(field)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Where.
   *
   * @param maxBytes in the heap, at least one
   * @param maxEntries in the heap, at least one
   * @param offHeap bytes; zero: none
   */
  public record Tiers(
      long maxBytes,
      int maxEntries,
      long offHeap,
      Optional<Disk> disk,
      Optional<Cluster> cluster) {}

  /** A directory of our own. */
  public record Disk(Path path, long bytes) {}

  /**
   * A store that several proxies share.
   *
   * @param server of Terracotta, {@code terracotta://host:port/name}
   * @param bytes of its memory
   */
  public record Cluster(URI server, long bytes) {}

  /**
   * What may be kept and used, as far as RFC 9111 leaves it open.
   *
   * @param defaultTtl where the origin says nothing, to requests without cookies or told apart by
   *     them; zero: none
   * @param maxTtl how long a response may be used since it was received; zero: no bound
   * @param staleWhileRevalidate where the response does not say; zero: none
   * @param staleIfError where the response does not say; zero: none
   * @param targetedHeaders fields that count instead of Cache-Control (RFC 9213 §2.2), the first
   *     that is there
   * @param requestDirectives whether a client's Cache-Control counts
   * @param postContentLocation whether an answer to POST may be one to GET (RFC 9110 §9.3.3)
   */
  public record Rules(
      Duration defaultTtl,
      Duration maxTtl,
      Duration staleWhileRevalidate,
      Duration staleIfError,
      List<String> targetedHeaders,
      SetCookie setCookie,
      boolean requestDirectives,
      boolean postContentLocation) {
    public Rules {
      targetedHeaders = List.copyOf(targetedHeaders);
    }

    /** The same, but nothing is supposed where the origin says nothing. */
    public Rules withoutDefaultTtl() {
      return new Rules(
          Duration.ZERO,
          maxTtl,
          staleWhileRevalidate,
          staleIfError,
          targetedHeaders,
          setCookie,
          requestDirectives,
          postContentLocation);
    }
  }

  /** Which responses with Set-Cookie are kept. */
  public enum SetCookie {
    /** Those that address shared caches in so many words. */
    SHARED,
    /** All that others are, too. */
    RFC,
    NEVER
  }

  /** By what one request has another's response. */
  public enum Vary {
    RFC,
    /** Also where only the order in Accept-Language is another, of what is wanted as much. */
    LANGUAGE
  }

  /**
   * What requests are told apart by, beside target and Vary.
   *
   * @param methods answered from store: some of GET, HEAD, QUERY, POST
   * @param headers request fields
   * @param perKey whether each API key has responses of its own
   */
  public record Key(Set<String> methods, List<String> headers, Vary vary, boolean perKey) {
    public Key {
      methods = Collections.unmodifiableSet(new LinkedHashSet<>(methods));
      headers = List.copyOf(headers);
    }
  }

  /**
   * Whether equal requests become one.
   *
   * @param timeout how long one waits for another
   */
  public record Lock(boolean enabled, Duration timeout) {}
}
