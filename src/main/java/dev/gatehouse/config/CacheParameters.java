package dev.gatehouse.config;

import static dev.gatehouse.config.Kind.ADDRESSES;
import static dev.gatehouse.config.Kind.CLUSTER;
import static dev.gatehouse.config.Kind.DIRECTORY;
import static dev.gatehouse.config.Kind.DURATION;
import static dev.gatehouse.config.Kind.FLAG;
import static dev.gatehouse.config.Kind.HEADER;
import static dev.gatehouse.config.Kind.HEADERS;
import static dev.gatehouse.config.Kind.NUMBER;
import static dev.gatehouse.config.Kind.SIZE;
import static dev.gatehouse.config.Kind.SPACE;
import static dev.gatehouse.config.Kind.WORD;
import static dev.gatehouse.config.Kind.WORDS;
import static dev.gatehouse.config.Owner.CACHE;
import static dev.gatehouse.config.Parameter.row;

import java.util.List;

/** What is kept of responses, where, and who may use it. */
final class CacheParameters {
  static final List<Parameter> ROWS =
      List.of(
          row("proxy.cache.enabled", FLAG, "true", "keeps responses as RFC 9111 allows").of(CACHE),
          row(
                  "proxy.cache.maxBytes",
                  SPACE,
                  "64m",
                  "of responses in the heap; what was not used for longest goes first")
              .of(CACHE),
          row("proxy.cache.maxEntries", NUMBER, "10000", "responses in the heap")
              .of(CACHE)
              .alias("cache_capacity"),
          row(
                  "proxy.cache.offHeap",
                  SPACE,
                  "0",
                  "more memory, outside the heap; more than `cache.maxBytes`; `0`: none")
              .of(CACHE),
          row(
                  "proxy.cache.disk",
                  DIRECTORY,
                  "",
                  "a directory for what survives a restart, and its size: `/var/cache/us:10g`;"
                      + " without: 1g")
              .of(CACHE),
          row(
                  "proxy.cache.cluster",
                  CLUSTER,
                  "",
                  "a store for several proxies: `terracotta://host:9410/name:1g`; without a size:"
                      + " 128m; not with a disk")
              .of(CACHE),
          row(
                  "proxy.cache.maxObjectSize",
                  SIZE,
                  "1m",
                  "of a body; larger ones pass and are not kept")
              .of(CACHE),
          row(
                  "proxy.cache.defaultTtl",
                  DURATION,
                  "0",
                  "how long a response is fresh that says nothing of it, nor when it was changed, to a"
                      + " request without cookies, or where `cache.keyHeaders` has `Cookie`")
              .of(CACHE)
              .alias("cache_ttl"),
          row(
                  "proxy.cache.maxTtl",
                  DURATION,
                  "1d",
                  "no response is fresh for longer once it is here; `0`: no bound")
              .of(CACHE),
          row(
                  "proxy.cache.methods",
                  WORDS,
                  "GET,HEAD",
                  "answered from store; also `QUERY` and `POST`, by a digest of bodies up to"
                      + " `retry.bufferSize`")
              .of(CACHE),
          row(
                  "proxy.cache.vary",
                  WORD,
                  "rfc",
                  "`rfc`: as RFC 9111; `language`: languages that Accept-Language wants as much as"
                      + " each other have no order")
              .of(CACHE),
          row(
                  "proxy.cache.keyHeaders",
                  HEADERS,
                  "",
                  "request fields by which responses differ though Vary does not say so")
              .of(CACHE),
          row("proxy.cache.perKey", FLAG, "false", "each API key has responses of its own")
              .of(CACHE),
          row(
                  "proxy.cache.lock",
                  FLAG,
                  "true",
                  "equal requests at the same time are one request to the backend")
              .of(CACHE),
          row(
                  "proxy.cache.lockTimeout",
                  DURATION,
                  "5s",
                  "one that has waited so long for another's response goes by itself")
              .of(CACHE),
          row(
                  "proxy.cache.staleWhileRevalidate",
                  DURATION,
                  "0",
                  "used so long after it was fresh, while it is asked for anew; where a response"
                      + " does not say")
              .of(CACHE),
          row(
                  "proxy.cache.staleIfError",
                  DURATION,
                  "0",
                  "the same on 500, 502, 503, 504; unless it is set, an unreachable backend has no"
                      + " such bound")
              .of(CACHE),
          row(
                  "proxy.cache.targetedHeader",
                  HEADERS,
                  "CDN-Cache-Control",
                  "fields that count instead of Cache-Control, the first that is there (RFC 9213);"
                      + " `off`: none")
              .of(CACHE),
          row(
                  "proxy.cache.statusHeader",
                  HEADER,
                  "Cache-Status",
                  "the response field that tells what the cache did (RFC 9211); `off`: none")
              .of(CACHE),
          row(
                  "proxy.cache.setCookie",
                  WORD,
                  "shared",
                  "responses with Set-Cookie are kept: `shared`: if they are meant for shared caches"
                      + " (`public`, `s-maxage`), `rfc`: as others, `never`")
              .of(CACHE),
          row(
                  "proxy.cache.tagHeader",
                  HEADERS,
                  "Surrogate-Key,Cache-Tag",
                  "response fields with tags to purge by; clients don't get them; `off`: none")
              .of(CACHE),
          row(
                  "proxy.cache.requestDirectives",
                  FLAG,
                  "false",
                  "clients may ask past the cache (`no-cache`, `max-age=0`, `only-if-cached`, ...)")
              .of(CACHE),
          row(
                  "proxy.cache.postContentLocation",
                  FLAG,
                  "false",
                  "an answer to POST whose Content-Location is its own URL is one to GET, too")
              .of(CACHE),
          row(
              "proxy.cache.purge.from",
              ADDRESSES,
              "",
              "addresses of connections that may send `PURGE`, which must be in `proxy.guard.methods`, too;"
                  + " not set: it is forwarded as others are"));

  /** Whose alias counts in seconds, as it does in the proxy that it is from. */
  static final String ALIAS_IN_SECONDS = "proxy.cache.defaultTtl";

  private CacheParameters() {}
}
