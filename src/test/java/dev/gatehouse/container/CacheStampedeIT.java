package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Generated;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many ask for the same at once, and the backend hears of it once. */
@ArquillianTest
@RunAsClient
@DisplayName("Stampedes")
@Timeout(120)
final class CacheStampedeIT {
  private static final Cached ORIGIN = new Cached();
  private static final AtomicInteger TARGETS = new AtomicInteger();
  private static final String FRESH = "HTTP/1.1 200 OK\r\nCache-Control: max-age=600\r\n";
  private static final String FIRST = "a".repeat(20_000) + "first";
  private static final String LAST = "z".repeat(20_000) + "last.";
  private static final int LENGTH = FIRST.length() + LAST.length();

  private final ServerUnderTest server = ServerUnderTest.current();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch begin = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final String target = "/stampede/" + TARGETS.incrementAndGet();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Map<String, String> settings = new HashMap<>(Settings.of(ORIGIN.backend()));
    settings.put("proxy.cache.lockTimeout", "60s"); // longer than any of this takes
    settings.put("proxy.cache.maxObjectSize", "8m");
    settings.put("proxy.health.passive.maxFails", "0");
    settings.put("proxy.retry.maxRetries", "0");
    Gatehouse.deploy(settings);
  }

  @AfterAll
  static void stop() {
    ORIGIN.close();
  }

  /** In two parts, each when its latch is open. */
  private Script slow(String head) {
    return Script.raw("").pause(begin).send(head + "\r\n" + FIRST).pause(goOn).send(LAST);
  }

  private Script slow() {
    return slow(FRESH + "Content-Length: " + LENGTH + "\r\n");
  }

  /** The first one's answer by itself, others' at once. */
  private void answer(Script first, Function<Seen, Script> others) {
    ORIGIN.backend().answer(seen -> ORIGIN.asked(seen.target()) == 1 ? first : others.apply(seen));
  }

  private RawClient ask(String... lines) throws Exception {
    RawClient client = RawClient.to(server.http());
    client.timeout(Duration.ofSeconds(60));
    client.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + Settings.KEY_LINE + "\r\n");
    client.send(lines.length == 0 ? "\r\n" : String.join("\r\n", lines) + "\r\n\r\n");
    return client;
  }

  /** The one who comes first: the request that the backend sees. */
  private RawClient leader() throws Exception {
    RawClient client = ask();
    assertThat(ORIGIN.backend().request(target).target()).isEqualTo(target);
    return client;
  }

  private List<Future<Reply>> followers(int count, CountDownLatch heads) throws Exception {
    List<Future<Reply>> replies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String line = "X-User: " + i;
      RawClient client = ask(line);
      replies.add(
          threads.submit(
              () -> {
                try (client) {
                  return client.readFinal(false, heads::countDown);
                }
              }));
    }
    return replies;
  }

  private void awaitInFlight(int requests) {
    Await.until(
        requests + " requests are there", () -> Status.get(server).inFlight() == requests + 1);
  }

  private static boolean isWhole(Reply reply) {
    return reply.status() == 200 && reply.isWhole() && reply.text().equals(FIRST + LAST);
  }

  private void end() {
    threads.shutdownNow();
    Status.awaitNothingInFlight(server);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 40010", "X-Ends: with the connection"})
  @DisplayName("E09: two hundred misses are one request, and all read along while it comes")
  void twoHundredMissesAreOneRequest(String line) throws Exception {
    Script script = slow(FRESH + line + "\r\n");
    answer(line.startsWith("X") ? script.fin() : script, seen -> Script.ofStatus(500));
    CountDownLatch heads = new CountDownLatch(199);
    try (RawClient leader = leader()) {
      List<Future<Reply>> others = followers(199, heads);
      awaitInFlight(200); // more than a server has threads that wait
      begin.countDown();
      assertThat(heads.await(15, TimeUnit.SECONDS)).as("heads before the end").isTrue();
      try (RawClient late = ask()) {
        assertThat(late.readUntil("first")).contains("collapsed");
        goOn.countDown();
        late.readUntil("last.");
      }
      assertThat(isWhole(leader.readFinal(false))).isTrue();
      for (Future<Reply> each : others) {
        Reply reply = each.get(60, TimeUnit.SECONDS);
        assertThat(isWhole(reply)).isTrue();
        assertThat(reply.header("Cache-Status").orElse("")).contains("collapsed");
      }
    }
    Status.awaitNothingInFlight(server);
    assertThat(Cached.word(ORIGIN.get(target))).isEqualTo("HIT");
    assertThat(ORIGIN.asked(target)).isEqualTo(1);
    end();
  }

  @Test
  @DisplayName("E09: the same on one HTTP/2 connection")
  void streamsOfOneConnectionAreOneRequest() throws Exception {
    answer(slow(), seen -> Script.ofStatus(500));
    HttpClient client =
        HttpClient.newBuilder()
            .sslContext(server.trust())
            .version(HttpClient.Version.HTTP_2)
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(server.https().resolve(target))
            .header("X-API-Key", Settings.KEY)
            .timeout(Duration.ofSeconds(60))
            .build();
    List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      replies.add(client.sendAsync(request, BodyHandlers.ofString()));
    }
    awaitInFlight(50);
    begin.countDown();
    goOn.countDown();
    for (CompletableFuture<HttpResponse<String>> each : replies) {
      assertThat(each.get().statusCode()).isEqualTo(200);
      assertThat(each.get().version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(each.get().body()).isEqualTo(FIRST + LAST);
    }
    assertThat(ORIGIN.asked(target)).isEqualTo(1);
    end();
  }

  @Test
  @DisplayName("E09: a leader that leaves before there is a head frees the others")
  void aLeaderThatLeavesEarlyHoldsNobodyUp() throws Exception {
    answer(slow(), seen -> ORIGIN.numbered(seen, 200, "Cache-Control: max-age=600"));
    RawClient leader = leader();
    List<Future<Reply>> others = followers(5, new CountDownLatch(5));
    awaitInFlight(6);
    leader.rst(); // the backend says nothing
    for (Future<Reply> each : others) {
      Reply reply = each.get(15, TimeUnit.SECONDS);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.isWhole()).isTrue();
    }
    assertThat(ORIGIN.asked(target)).isEqualTo(2);
    begin.countDown();
    goOn.countDown();
    end();
  }

  @Test
  @DisplayName("E09: a leader that leaves in the middle takes nothing from the others")
  void aLeaderThatLeavesTakesNothingFromTheOthers() throws Exception {
    int size = 6_000_000;
    ORIGIN
        .backend()
        .answer(
            seen ->
                Script.raw(FRESH + "Content-Length: " + size + "\r\n\r\n")
                    .pause(goOn)
                    .sendGenerated(size));
    RawClient leader = leader();
    CountDownLatch heads = new CountDownLatch(5);
    List<Future<Reply>> others = followers(5, heads);
    assertThat(heads.await(15, TimeUnit.SECONDS)).isTrue();
    leader.rst();
    awaitInFlight(5); // it is noticed while the backend says nothing
    goOn.countDown();
    for (Future<Reply> each : others) {
      Reply reply = each.get(30, TimeUnit.SECONDS);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body().sha256()).isEqualTo(Generated.sha256(size));
    }
    Status.awaitNothingInFlight(server);
    assertThat(Cached.word(ORIGIN.get(target))).isEqualTo("HIT");
    assertThat(ORIGIN.asked(target)).isEqualTo(1);
    end();
  }

  @Test
  @DisplayName("E09: a leader that does not read holds nobody up")
  void aLeaderThatDoesNotReadHoldsNobodyUp() throws Exception {
    int size = 8_000_000; // more than sockets hold
    ORIGIN
        .backend()
        .answer(
            seen ->
                Script.raw(FRESH + "Content-Length: " + size + "\r\n\r\n")
                    .pause(goOn)
                    .sendGenerated(size));
    try (RawClient leader = leader()) {
      CountDownLatch heads = new CountDownLatch(3);
      List<Future<Reply>> others = followers(3, heads);
      assertThat(heads.await(15, TimeUnit.SECONDS)).isTrue();
      goOn.countDown();
      for (Future<Reply> each : others) {
        Reply reply = each.get(15, TimeUnit.SECONDS);
        assertThat(reply.body().sha256()).isEqualTo(Generated.sha256(size));
      }
      try (RawClient late = ask()) {
        assertThat(Cached.word(late.readFinal(false))).as("it is stored").isEqualTo("HIT");
      }
      assertThat(leader.readFinal(false).body().sha256()).isEqualTo(Generated.sha256(size));
    }
    assertThat(ORIGIN.asked(target)).isEqualTo(1);
    end();
  }

  @Test
  @DisplayName("E09: a leader that leaves unread what it was sent takes nothing from the others")
  void aLeaderThatLeavesWithoutReadingTakesNothingFromTheOthers() throws Exception {
    int size = 16_000_000; // 8m is the most that is kept
    ORIGIN
        .backend()
        .answer(
            seen ->
                Script.raw(FRESH + "Transfer-Encoding: chunked\r\n\r\n")
                    .pause(goOn)
                    .writing(out -> Generated.writeChunked(out, size)));
    RawClient leader = leader();
    CountDownLatch heads = new CountDownLatch(3);
    List<Future<Reply>> others = followers(3, heads);
    assertThat(heads.await(15, TimeUnit.SECONDS)).isTrue();
    goOn.countDown();
    assertThat(leader.readUntil("\r\n\r\n")).contains("200");
    leader.rst();
    for (Future<Reply> each : others) {
      Reply reply = each.get(30, TimeUnit.SECONDS);
      assertThat(reply.body().sha256()).isEqualTo(Generated.sha256(size));
    }
    assertThat(ORIGIN.asked(target)).isEqualTo(1);
    end();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rst", "fin", "503"})
  @DisplayName("E09: a backend that fails the leader frees the others within a second")
  void aFailureFreesTheOthers(String how) throws Exception {
    Script failure =
        switch (how) {
          case "rst" -> Script.raw("").pause(begin).rst();
          case "fin" -> Script.raw("").pause(begin).fin();
          default ->
              Script.raw("")
                  .pause(begin)
                  .send("HTTP/1.1 503 Down\r\nContent-Length: 4\r\n\r\ndown");
        };
    answer(failure, seen -> ORIGIN.numbered(seen, 200, "Cache-Control: max-age=600"));
    try (RawClient leader = leader()) {
      List<Future<Reply>> others = followers(10, new CountDownLatch(10));
      awaitInFlight(11);
      long start = System.nanoTime();
      begin.countDown();
      for (Future<Reply> each : others) {
        Reply reply = each.get(15, TimeUnit.SECONDS);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.isWhole()).isTrue();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start).toMillis()).isLessThan(2_000);
      // a pooled connection may have been dead before, so the leader has one more try
      assertThat(leader.readFinal(false).status()).isIn(how.equals("503") ? 503 : 502, 200);
    }
    end();
  }

  @Test
  @DisplayName("E09, D04: what breaks off in the middle is whole for nobody, and is not kept")
  void whatBreaksOffIsWholeForNobody() throws Exception {
    Script broken =
        Script.raw("")
            .pause(begin)
            .send(FRESH + "Content-Length: " + LENGTH + "\r\n\r\n" + FIRST)
            .pause(goOn)
            .rst();
    answer(broken, seen -> ORIGIN.numbered(seen, 200, "-"));
    CountDownLatch heads = new CountDownLatch(10);
    try (RawClient leader = leader()) {
      List<Future<Reply>> others = followers(10, heads);
      awaitInFlight(11);
      begin.countDown();
      assertThat(heads.await(15, TimeUnit.SECONDS)).isTrue();
      goOn.countDown();
      for (Future<Reply> each : others) {
        assertThat(each.get(15, TimeUnit.SECONDS).isWhole()).isFalse();
      }
      assertThat(leader.readFinal(false).isWhole()).isFalse();
    }
    assertThat(ORIGIN.get(target).text()).isEqualTo("2");
    end();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cache-Control: private, max-age=600",
        "Cache-Control: no-store",
        "Cache-Control: max-age=600\r\nSet-Cookie: who=first",
        "Cache-Control: max-age=600\r\nVary: X-User",
        "X-Nothing: said",
        "X-Nothing: said\r\nETag: \"a\"",
        "Cache-Control: no-cache\r\nETag: \"a\"",
        "Cache-Control: max-age=0\r\nETag: \"a\"",
      })
  @DisplayName("E10: what is not for others is not given to them")
  void eachGetsItsOwn(String lines) throws Exception {
    String head = "HTTP/1.1 200 OK\r\n" + lines + "\r\n";
    ORIGIN
        .backend()
        .answer(
            seen -> {
              String user = seen.header("X-User").orElse("leader");
              return Script.raw("")
                  .pause(begin)
                  .send(head + "Content-Length: " + user.length() + "\r\n\r\n" + user);
            });
    try (RawClient leader = leader()) {
      List<Future<Reply>> others = followers(20, new CountDownLatch(20));
      awaitInFlight(21);
      begin.countDown();
      assertThat(leader.readFinal(false).text()).isEqualTo("leader");
      for (int i = 0; i < others.size(); i++) {
        Reply reply = others.get(i).get(15, TimeUnit.SECONDS);
        assertThat(reply.text()).isEqualTo("" + i);
        assertThat(reply.header("Set-Cookie").orElse("who=first")).isEqualTo("who=first");
      }
    }
    assertThat(ORIGIN.asked(target)).isEqualTo(21);
    end();
  }

  @Test
  @DisplayName("E10: whom the answer does not fit does not wait for its end")
  void anotherVariantDoesNotWait() throws Exception {
    Script slow =
        Script.raw(FRESH + "Vary: X-User\r\nContent-Length: " + LENGTH + "\r\n\r\n" + FIRST)
            .pause(goOn)
            .send(LAST);
    answer(slow, seen -> ORIGIN.numbered(seen, 200, "Cache-Control: max-age=600~Vary: X-User"));
    try (RawClient leader = leader()) {
      for (Future<Reply> each : followers(5, new CountDownLatch(5))) {
        assertThat(each.get(15, TimeUnit.SECONDS).isWhole()).isTrue();
      }
      assertThat(ORIGIN.asked(target)).isEqualTo(6);
      goOn.countDown();
      assertThat(isWhole(leader.readFinal(false))).isTrue();
    }
    end();
  }

  @Test
  @DisplayName("E10: where that is known, nobody waits for another")
  void nobodyWaitsForWhatIsNotShared() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    answer(
        Script.response(200, Cached.bytes("first"), "Cache-Control: private"),
        seen -> Script.raw("").pause(free).send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    assertThat(ORIGIN.get(target).text()).isEqualTo("first");
    List<Future<Reply>> others = followers(20, new CountDownLatch(20));
    Await.until("all are at the backend", () -> ORIGIN.asked(target) == 21);
    free.countDown();
    for (Future<Reply> each : others) {
      assertThat(each.get(15, TimeUnit.SECONDS).status()).isEqualTo(200);
    }
    end();
  }

  @Test
  @DisplayName("what is stale is asked for once, and its answer is everybody's")
  void manyRevalidationsAreOne() throws Exception {
    answer(
        Script.response(200, Cached.bytes("hello"), "Cache-Control: max-age=1", "ETag: \"x\""),
        seen ->
            Script.raw("")
                .pause(begin)
                .send("HTTP/1.1 304 X\r\nETag: \"x\"\r\nCache-Control: max-age=600\r\n\r\n"));
    assertThat(ORIGIN.get(target).text()).isEqualTo("hello");
    long stale = System.nanoTime() + Duration.ofMillis(1_500).toNanos();
    Await.until("it is stale", () -> System.nanoTime() - stale > 0);
    List<Future<Reply>> all = followers(20, new CountDownLatch(20));
    awaitInFlight(20);
    assertThat(ORIGIN.asked(target)).isEqualTo(2);
    begin.countDown();
    for (Future<Reply> each : all) {
      Reply reply = each.get(15, TimeUnit.SECONDS);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).isEqualTo("hello");
    }
    assertThat(ORIGIN.asked(target)).isEqualTo(2);
    end();
  }

  @Test
  @DisplayName("E16: what turns out too large is read along by all, and not kept")
  void whatIsTooLargeIsReadAlong() throws Exception {
    int size = 9_000_000; // 8m is the most
    ORIGIN
        .backend()
        .answer(
            seen ->
                Script.raw(FRESH + "Transfer-Encoding: chunked\r\n\r\n")
                    .pause(goOn)
                    .writing(out -> Generated.writeChunked(out, size)));
    try (RawClient leader = leader()) {
      CountDownLatch heads = new CountDownLatch(3);
      List<Future<Reply>> others = followers(3, heads);
      assertThat(heads.await(15, TimeUnit.SECONDS)).isTrue();
      goOn.countDown();
      assertThat(leader.readFinal(false).body().sha256()).isEqualTo(Generated.sha256(size));
      for (Future<Reply> each : others) {
        Reply reply = each.get(15, TimeUnit.SECONDS);
        assertThat(reply.body().sha256()).isEqualTo(Generated.sha256(size));
      }
    }
    assertThat(ORIGIN.asked(target)).isEqualTo(1);
    end();
  }
}
