package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cache.CacheKey;
import dev.gatehouse.cache.EhcacheStore;
import dev.gatehouse.cache.Stored;
import dev.gatehouse.cache.Tiers;
import dev.gatehouse.http.Target;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Reply;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Several proxies share one cache, whose server comes and goes. */
@ArquillianTest
@RunAsClient
@DisplayName("R21: the cluster tier")
final class ClusterStoryIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int OTHERS = 50;

  private static final Path HOME = Path.of(System.getProperty("gatehouse.it.terracotta"));

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @Test
  void whatOneProxyHasStoredTheOthersFindAlsoAfterTheServerWasLost() throws Exception {
    Path directory = server.base().resolve("terracotta");
    try (TerracottaServer cluster = new TerracottaServer(HOME, directory);
        Cached origin = new Cached()) {
      origin.answer(200, "Cache-Control: max-age=600");
      Map<String, String> settings =
          Settings.with(
              Settings.of(origin.backend()), "proxy.cache.cluster", cluster.address() + ":64m");
      try (EhcacheStore other = otherProxy(cluster)) {
        Gatehouse first = Gatehouse.deploy(settings);
        assertThat(state()).as("no server at the start").isEqualTo("off");
        assertThat(word(origin, "/early")).isEqualTo("MISS");
        assertThat(word(origin, "/early")).as("from the heap").isEqualTo("HIT");
        cluster.start();
        awaitState("on");
        awaitOn(other);
        Stored stored = awaitShared(origin, other, "/a");
        try (EhcacheStore third = otherProxy(cluster)) {
          awaitOn(third);
          for (int i = 0; i < OTHERS; i++) {
            third.put(key("/b" + i), stored);
          }
        } // which writes what it owes
        int seen = awaitHit(origin, 0);
        first.close();
        awaitNoThreads();

        Gatehouse second = Gatehouse.deploy(settings);
        awaitState("on");
        int more = awaitHit(origin, seen + 1);
        assertThat(word(origin, "/b" + more)).as("from the heap").isEqualTo("HIT");
        cluster.kill();
        servesWithout(origin, "/b" + more);
        awaitState("off");
        cluster.start();
        awaitState("on");
        awaitOn(other);
        Stored unused = awaitShared(origin, other, "/again");
        cluster.kill();
        second.close();
        awaitNoThreads();
      }
    }
  }

  private void servesWithout(Cached origin, String held) throws IOException {
    long began = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      assertThat(word(origin, "/lost" + i)).isEqualTo("MISS");
      assertThat(word(origin, held)).isEqualTo("HIT");
    }
    System.out.printf(
        "R21 on %s: 40 requests without the cluster in %d ms%n",
        server.name(), (System.nanoTime() - began) / 1_000_000);
  }

  /** It has the same cache, and no backend. */
  private static EhcacheStore otherProxy(TerracottaServer cluster) {
    return new EhcacheStore(
        new Tiers(
            1,
            1 << 20,
            0,
            Optional.empty(),
            Optional.of(new Tiers.Cluster(cluster.address(), 64 << 20))),
        System::nanoTime,
        new SplittableRandom(1));
  }

  private static String key(String path) {
    Target target = Target.of("http", "localhost", path, null);
    return CacheKey.of("GET", target, CacheKey.NO_BODY);
  }

  private static String word(Cached origin, String target) throws IOException {
    Reply reply = origin.get(target);
    assertThat(reply.status()).isEqualTo(200);
    return Cached.word(reply);
  }

  /** Asks for one after the other until one is found: on a busy machine the first may be lost. */
  private static Stored awaitShared(Cached origin, EhcacheStore other, String prefix) {
    AtomicReference<@Nullable Stored> found = new AtomicReference<>();
    AtomicInteger asked = new AtomicInteger();
    Await.until(
        prefix + " in the cluster",
        PATIENCE,
        () -> {
          assertThat(word(origin, prefix + asked.get())).isEqualTo("MISS");
          for (int i = asked.getAndIncrement(); i >= 0 && found.get() == null; i--) {
            found.set(other.get(key(prefix + i)));
          }
          return found.get() != null;
        });
    return Objects.requireNonNull(found.get());
  }

  /** The number of the first that is hit though nobody has asked the backend for it. */
  private static int awaitHit(Cached origin, int from) throws IOException {
    for (int i = from; i < OTHERS; i++) {
      if (word(origin, "/b" + i).equals("HIT")) {
        assertThat(origin.asked("/b" + i)).isZero();
        return i;
      }
    }
    throw new AssertionError("nothing of what another proxy has stored");
  }

  private static void awaitOn(EhcacheStore other) {
    Await.until(
        "the other has found it",
        PATIENCE,
        () -> Objects.requireNonNull(other.tiers().get("cluster")).on());
  }

  private void awaitState(String state) {
    Await.until("the cluster is " + state, PATIENCE, () -> state().equals(state));
  }

  private String state() throws IOException {
    JsonObject cache = Status.get(server).json().getJsonObject("cache");
    return cache.getJsonArray("tiers").getValuesAs(JsonObject.class).stream()
        .filter(tier -> tier.getString("name").equals("cluster"))
        .map(tier -> tier.getString("state"))
        .findFirst()
        .orElse("none");
  }

  private static void awaitNoThreads() {
    Await.until("no thread of ours", () -> ServerThreads.ours().isEmpty());
    for (String part : new String[] {"Ehcache", "TCComm", "LeaseMaintenance", "LeaseExpiry"}) {
      Await.until("no thread " + part, PATIENCE, () -> ServerThreads.named(part).isEmpty());
    }
  }
}
