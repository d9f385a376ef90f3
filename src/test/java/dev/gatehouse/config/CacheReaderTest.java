package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.CacheConfig.SetCookie;
import dev.gatehouse.config.CacheConfig.Vary;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheReaderTest {
  @Test
  void hasDefaultsThatWork() {
    CacheConfig cache = Given.valid().config().cache();
    assertThat(cache.enabled()).isTrue();
    assertThat(cache.tiers().maxBytes()).isEqualTo(64L << 20);
    assertThat(cache.tiers().maxEntries()).isEqualTo(10_000);
    assertThat(cache.tiers().offHeap()).isZero();
    assertThat(cache.tiers().disk()).isEmpty();
    assertThat(cache.tiers().cluster()).isEmpty();
    assertThat(cache.maxObjectSize()).isEqualTo(1 << 20);
    assertThat(cache.rules().defaultTtl()).isZero();
    assertThat(cache.rules().maxTtl()).isEqualTo(Duration.ofDays(1));
    assertThat(cache.rules().staleWhileRevalidate()).isZero();
    assertThat(cache.rules().staleIfError()).isZero();
    assertThat(cache.rules().targetedHeaders()).containsExactly("CDN-Cache-Control");
    assertThat(cache.rules().setCookie()).isEqualTo(SetCookie.SHARED);
    assertThat(cache.rules().requestDirectives()).isFalse();
    assertThat(cache.rules().postContentLocation()).isFalse();
    assertThat(cache.key().methods()).containsExactly("GET", "HEAD");
    assertThat(cache.key().headers()).isEmpty();
    assertThat(cache.key().vary()).isEqualTo(Vary.RFC);
    assertThat(cache.key().perKey()).isFalse();
    assertThat(cache.lock().enabled()).isTrue();
    assertThat(cache.lock().timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(cache.statusHeader()).hasValue("Cache-Status");
    assertThat(cache.tagHeaders()).containsExactly("Surrogate-Key", "Cache-Tag");
    assertThat(cache.purgeFrom()).isEmpty();
  }

  @Test
  void readsListsAndWords() {
    CacheConfig cache =
        Given.valid()
            .context("proxy.cache.methods", "get, Query,POST")
            .context("proxy.cache.keyHeaders", "X-Tenant, Accept")
            .context("proxy.cache.targetedHeader", "Gatehouse-Cache-Control\nCDN-Cache-Control")
            .context("proxy.cache.statusHeader", "off")
            .context("proxy.cache.tagHeader", "off")
            .context("proxy.cache.setCookie", "NEVER")
            .context("proxy.cache.vary", "language")
            .context("proxy.cache.purge.from", "10.0.0.0/8, ::1")
            .context("proxy.guard.methods", "GET, PURGE")
            .config()
            .cache();
    assertThat(cache.key().methods()).containsExactly("GET", "QUERY", "POST");
    assertThat(cache.key().headers()).containsExactly("X-Tenant", "Accept");
    assertThat(cache.rules().targetedHeaders())
        .containsExactly("Gatehouse-Cache-Control", "CDN-Cache-Control");
    assertThat(cache.statusHeader()).isEmpty();
    assertThat(cache.tagHeaders()).isEmpty();
    assertThat(cache.rules().setCookie()).isEqualTo(SetCookie.NEVER);
    assertThat(cache.key().vary()).isEqualTo(Vary.LANGUAGE);
    assertThat(cache.purgeFrom()).extracting(Cidr::toString).containsExactly("10.0.0.0/8", "::1");
  }

  @ParameterizedTest(name = "{0}={1}: {2}")
  @CsvSource({
    "proxy.cache.maxBytes, 0, must be 1 or more",
    "proxy.cache.maxEntries, 0, write a whole number from 1",
    "proxy.cache.offHeap, 64m, 'more than proxy.cache.maxBytes'",
    "proxy.cache.maxObjectSize, 65m, must not be more than proxy.cache.maxBytes",
    "proxy.cache.lockTimeout, 0, must be 1ms or more",
    "proxy.cache.methods, 'GET,PUT', 'GET, HEAD, QUERY, POST'",
    "proxy.cache.vary, all, write rfc or language",
    "proxy.cache.setCookie, maybe, write shared or rfc or never",
    "proxy.cache.keyHeaders, 'A,a', each once",
    "proxy.cache.keyHeaders, a b, write names of header fields",
    "proxy.cache.keyHeaders, X_Tenant, write names of header fields",
    "proxy.cache.keyHeaders, 'Accept,x-api-key', set proxy.cache.perKey",
    "proxy.cache.enabled, perhaps, write true or false",
    "proxy.cache.maxBytes, much, write a number",
    "proxy.cache.maxEntries, many, write a whole number from 1",
    "proxy.cache.offHeap, 1k, must be 1m or more",
    "proxy.cache.maxObjectSize, 0, write a number",
    "proxy.cache.defaultTtl, -1s, write a number with a unit",
    "proxy.cache.maxTtl, soon, write a number with a unit",
    "proxy.cache.perKey, 2, write true or false",
    "proxy.cache.lock, 2, write true or false",
    "proxy.cache.lockTimeout, -5s, write a number with a unit",
    "proxy.cache.staleWhileRevalidate, 5 apples, write a number with a unit",
    "proxy.cache.staleIfError, x, write a number with a unit",
    "proxy.cache.statusHeader, a b, write the name of a header field",
    "proxy.cache.requestDirectives, 2, write true or false",
    "proxy.cache.postContentLocation, 2, write true or false",
    "proxy.cache.methods, 'GET FOO', 'GET, HEAD, QUERY, POST'",
    "proxy.cache.tagHeader, 'X,x', each once",
    "proxy.cache.disk, /proc/none/x, there is no such directory",
    "proxy.cache.tagHeader, 'off,X', ",
    "proxy.cache.targetedHeader, Connection, write names of header fields",
    "proxy.cache.statusHeader, X-Request-Id, is the field of proxy.requestIdHeader too",
    "proxy.cache.purge.from, localhost, not an IPv4 or IPv6 address",
    "proxy.cache.purge.from, ::1, 'add PURGE to proxy.guard.methods'",
    "proxy.cache.disk, /no/such/place, there is no such directory",
    "proxy.cache.disk, /dev/null:1g, there is no such directory",
  })
  void refusesWhatCannotBe(String name, String value, String reason) {
    if (reason == null) {
      assertThat(Given.valid().context(name, value).config().cache().tagHeaders())
          .containsExactly("off", "X");
      return;
    }
    assertThat(Given.valid().context(name, value).problem()).contains(name).contains(reason);
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    assertThat(
            Given.valid()
                .context("proxy.cache.methods", "PUT")
                .context("proxy.cache.maxBytes", "0")
                .context("proxy.cache.disk", "/no/such/place")
                .context("proxy.cache.cluster", "http://h/x")
                .context("proxy.cache.vary", "all")
                .context("proxy.cache.ttl", "1s")
                .problems())
        .extracting(Problem::name)
        .containsExactlyInAnyOrder(
            "proxy.cache.methods",
            "proxy.cache.maxBytes",
            "proxy.cache.disk",
            "proxy.cache.cluster",
            "proxy.cache.vary",
            "proxy.cache.ttl");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h:9410/x",
        "terracotta://h:9410",
        "terracotta://h:9410/",
        "terracotta://h:9410/a/b",
        "terracotta://u@h:9410/x",
        "terracotta://h:0/x",
        "terracotta://h/x?y",
        "terracotta://h/x#y",
        "terracotta:x",
        "h:9410",
        "terracotta://h/x:",
        "terracotta://h/x:1k",
        "terracotta://h/x:9410/y",
        "a b",
      })
  void refusesWhatIsNoCluster(String uri) {
    assertThat(Given.valid().context("proxy.cache.cluster", uri).problem())
        .contains("write the address of a Terracotta server");
  }

  @Test
  void aClusterHasAnAddress() {
    URI uri = URI.create("terracotta://10.0.0.5:9410/gatehouse");
    assertThat(cluster(uri.toString())).isEqualTo(new CacheConfig.Cluster(uri, 128 << 20));
    assertThat(cluster(uri + ":2g")).isEqualTo(new CacheConfig.Cluster(uri, 2L << 30));
  }

  private static CacheConfig.Cluster cluster(String text) {
    CacheConfig cache = Given.valid().context("proxy.cache.cluster", text).config().cache();
    return cache.tiers().cluster().orElseThrow();
  }

  @Test
  void aDiskHasADirectoryAndASize(@TempDir Path directory) throws IOException {
    assertThat(disk(directory.toString()).bytes()).isEqualTo(1L << 30);
    assertThat(disk(directory + ":2g").bytes()).isEqualTo(2L << 30);
    assertThat(disk(directory + "/new:100m").path()).isEqualTo(directory.resolve("new"));
    Path odd = Files.createDirectory(directory.resolve("a:b"));
    assertThat(disk(odd.toString()).path()).isEqualTo(odd);
  }

  @ParameterizedTest
  @ValueSource(strings = {":64m", ":0", ":1k"})
  void aDiskIsLargerThanMemory(String size, @TempDir Path directory) {
    assertThat(Given.valid().context("proxy.cache.disk", directory + size).problem())
        .contains("more than what memory may hold");
  }

  @Test
  void aDiskIsNotTogetherWithACluster(@TempDir Path directory) {
    assertThat(
            Given.valid()
                .context("proxy.cache.disk", directory.toString())
                .context("proxy.cache.cluster", "terracotta://h/x")
                .problem())
        .contains("choose one");
  }

  @Test
  void aSmallHeapHasSmallObjects() {
    CacheConfig cache = Given.valid().context("proxy.cache.maxBytes", "100k").config().cache();
    assertThat(cache.maxObjectSize()).isEqualTo(100 << 10);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({"300, 300", "5m, 300", "0, 0", "PT5S, 5"})
  void aSimpleCachesTtlIsInSeconds(String value, long seconds) {
    assertThat(Given.valid().context("proxy.cache_ttl", value).config().cache().rules())
        .extracting(CacheConfig.Rules::defaultTtl)
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void ourOwnIsInMilliseconds() {
    assertThat(Given.valid().context("proxy.cache.defaultTtl", "300").config().cache().rules())
        .extracting(CacheConfig.Rules::defaultTtl)
        .isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void aSimpleCachesCapacityIsInEntries() {
    Given given = Given.valid().init("servlet proxy", "cache_capacity", "7");
    assertThat(given.config().cache().tiers().maxEntries()).isEqualTo(7);
  }

  @Test
  void theFiltersOwnParamsAreShort() {
    Given given = Given.valid().init("filter cache", "setCookie", "rfc");
    assertThat(given.config().cache().rules().setCookie()).isEqualTo(SetCookie.RFC);
    assertThat(given.load().config().cache().tagHeaders())
        .isEqualTo(List.of("Surrogate-Key", "Cache-Tag"));
  }

  private static CacheConfig.Disk disk(String value) {
    return Given.valid()
        .context("proxy.cache.disk", value)
        .config()
        .cache()
        .tiers()
        .disk()
        .orElseThrow();
  }
}
