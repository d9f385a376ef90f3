package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Bytes;
import dev.gatehouse.testkit.Parallel;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten times more than there is room for, asked for by many at once. */
@ArquillianTest
@RunAsClient
@DisplayName("R19: a full cache")
final class CacheFullStoryIT {
  private static final int THREADS = 16;
  private static final int CONNECTIONS = 5; // of each, one after the other
  private static final int REQUESTS = 50; // on each; Tomcat closes it after 100
  private static final int MOST_BYTES = 40_000;

  private final ServerUnderTest server = ServerUnderTest.current();

  @TempDir private Path directory;

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @Test
  void heapAloneHoldsNoMoreThanItMay() throws Exception {
    holdsNoMoreThanItMay(2_000, Map.of("proxy.cache.maxBytes", "4m"));
  }

  @Test
  void noTierHoldsMoreThanItMay() throws Exception {
    holdsNoMoreThanItMay(
        3_500,
        Map.of(
            "proxy.cache.maxBytes", "1m",
            "proxy.cache.offHeap", "2m",
            "proxy.cache.disk", directory + ":4m"));
  }

  private void holdsNoMoreThanItMay(int objects, Map<String, String> room) throws Exception {
    String[] digests = new String[objects];
    for (int i = 0; i < objects; i++) {
      Bytes body = new Bytes();
      body.write(body(i));
      digests[i] = body.sha256();
    }
    LongAdder hits = new LongAdder();
    try (Backend backend = new Backend(seen -> answer(seen.target()))) {
      Map<String, String> settings = new HashMap<>(Settings.of(backend));
      settings.putAll(room);
      try (Gatehouse gatehouse = Gatehouse.deploy(settings)) {
        assertThat(gatehouse.http()).isEqualTo(server.http());
        Parallel.run(THREADS, THREADS, seed -> ask(seed, digests, hits));
        assertThat(hits.sum()).isPositive();
        assertThat(Status.get(server).json().getJsonObject("cache").getInt("evictions"))
            .isPositive();
      }
    }
  }

  private void ask(int seed, String[] digests, LongAdder hits) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < CONNECTIONS; i++) {
      ask(random, digests, hits);
    }
  }

  private void ask(SplittableRandom random, String[] digests, LongAdder hits) throws IOException {
    try (RawClient client = RawClient.to(server.http())) {
      for (int i = 0; i < REQUESTS; i++) {
        int number = (int) (digests.length * Math.pow(random.nextDouble(), 3)); // some are popular
        Reply reply = client.get("/object/" + number, Settings.KEY_LINE);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().sha256()).isEqualTo(digests[number]);
        if (Cached.word(reply).equals("HIT")) {
          hits.increment();
        }
        if (i % 25 == 0) {
          assertNoTierIsOver();
        }
      }
    }
  }

  private void assertNoTierIsOver() throws IOException {
    JsonObject cache = Status.get(server).json().getJsonObject("cache");
    for (JsonObject tier : cache.getJsonArray("tiers").getValuesAs(JsonObject.class)) {
      long most = tier.getJsonNumber("maxBytes").longValue();
      assertThat(tier.getJsonNumber("bytes").longValue())
          .as(tier.getString("name"))
          .isLessThanOrEqualTo(most + most / 20);
    }
  }

  private static Script answer(String target) {
    int number = Integer.parseInt(target.substring(target.lastIndexOf('/') + 1));
    return Script.response(200, body(number), "Cache-Control: max-age=600");
  }

  private static byte[] body(int number) {
    SplittableRandom random = new SplittableRandom(number);
    byte[] body = new byte[1 + random.nextInt(MOST_BYTES)];
    random.nextBytes(body);
    return body;
  }
}
