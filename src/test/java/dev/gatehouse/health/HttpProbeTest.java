package dev.gatehouse.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.balance.Upstream;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.testkit.Pools;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.jetty.client.HttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpProbeTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final HttpClient CLIENT = new HttpClient();

  @BeforeAll
  static void startClient() throws Exception {
    CLIENT.start();
  }

  @AfterAll
  static void stopClient() throws Exception {
    CLIENT.stop();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"200 OK", "204 No Content", "301 Moved", "399 Whatever"})
  void aStatusUpTo399IsGoodAndNotFollowed(String status) throws Exception {
    String head = "HTTP/1.1 " + status + "\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n";
    try (var backend = new RawBackend(RawBackend.text(head))) {
      ProbeResult result = check(CLIENT, backend.upstream(), LONG);
      assertThat(result.ok()).isTrue();
      assertThat(result.detail()).matches(status.substring(0, 3) + " in \\d+ m?s");
      assertThat(result.took()).isPositive();
      assertThat(backend.heads).hasSize(1);
    }
  }

  @Test
  void theRequestSaysWhoAsksAndKeepsNoConnection() throws Exception {
    try (var backend = new RawBackend(RawBackend.text("HTTP/1.1 204 Fine\r\n\r\n"))) {
      assertThat(check(CLIENT, backend.upstream(), LONG).ok()).isTrue();
      List<String> head = backend.heads.take();
      assertThat(head.get(0)).isEqualTo("GET /base/ok?deep=1 HTTP/1.1");
      assertThat(head)
          .contains(
              "User-Agent: Gatehouse-health",
              "Connection: close",
              "Host: 127.0.0.1:" + backend.port());
    }
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "HTTP/1.1 500 Oops|Content-Length: 0||, status 500",
    "HTTP/1.1 404 None|Content-Length: 0||, status 404",
    "HTTP/1.1 401 Who|WWW-Authenticate: Basic realm=x|Content-Length: 0||, status 401",
    "SSH-2.0-OpenSSH_9.2||, not an HTTP answer",
    "HTTP/1.1 abc||, not an HTTP answer",
    "'', connection closed without an answer",
  })
  void whatIsNoGoodAnswerFailsInPlainWords(String answer, String words) throws Exception {
    try (var backend = new RawBackend(RawBackend.text(answer.replace("|", "\r\n")))) {
      ProbeResult result = check(CLIENT, backend.upstream(), LONG);
      assertThat(result.detail()).isEqualTo(words);
      assertThat(result.ok()).isFalse();
    }
  }

  @Test
  void nobodyListeningIsAConnectionRefused() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Upstream gone = new Upstream("gone", URI.create("http://127.0.0.1:" + port), 1);
    assertThat(check(CLIENT, gone, LONG).detail()).isEqualTo("connection refused");
  }

  @Test
  void aNameThatDoesNotExistIsNotResolved() throws Exception {
    Upstream unknown = new Upstream("unknown", URI.create("http://nowhere.invalid"), 1);
    assertThat(check(CLIENT, unknown, LONG).detail()).isEqualTo("host name not resolved");
  }

  @Test
  void aBackendThatNeverAnswersFailsAtTheTimeout() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (var backend = new RawBackend(out -> await(end))) {
      assertThat(check(CLIENT, backend.upstream(), SHORT).detail())
          .isEqualTo("no answer within 200 ms");
    } finally {
      end.countDown();
    }
  }

  @Test
  void anInterimAnswerIsNotTheAnswer() throws Exception {
    String both = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 204 Fine\r\n\r\n";
    try (var backend = new RawBackend(RawBackend.text(both))) {
      assertThat(check(CLIENT, backend.upstream(), LONG).detail()).startsWith("204 in");
    }
  }

  @Test
  void anInterimAnswerDoesNotHangAClientWithoutProtocolHandlers() throws Exception {
    HttpClient bare = new HttpClient();
    bare.start();
    bare.getProtocolHandlers().clear();
    String both = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 204 Fine\r\n\r\n";
    try (var backend = new RawBackend(RawBackend.text(both))) {
      assertThat(check(bare, backend.upstream(), LONG).detail()).isEqualTo("status 103");
    } finally {
      bare.stop();
    }
  }

  @Test
  void anEndlessBodyIsCutAndTheStatusStands() throws Exception {
    byte[] block = new byte[8_192];
    try (var backend =
        new RawBackend(
            out -> {
              RawBackend.text("HTTP/1.1 200 OK\r\n\r\n").write(out);
              while (true) {
                out.write(block);
              }
            })) {
      assertThat(check(CLIENT, backend.upstream(), LONG).ok()).isTrue();
      assertThat(backend.ended.poll(10, TimeUnit.SECONDS)).as("cut by us").isTrue();
    }
  }

  @Test
  void aBodyThatTricklesIsCutAtTheTimeoutAndTheStatusStands() throws Exception {
    Semaphore pace = new Semaphore(0); // never released: only its timed wait is used
    try (var backend =
        new RawBackend(
            out -> {
              RawBackend.text("HTTP/1.1 200 OK\r\n\r\n").write(out);
              do {
                out.write('x');
              } while (!waited(pace));
            })) {
      assertThat(check(CLIENT, backend.upstream(), Duration.ofSeconds(2)).ok()).isTrue();
      assertThat(backend.ended.poll(10, TimeUnit.SECONDS)).as("cut by us").isTrue();
    }
  }

  @Test
  void aFullTrafficPoolDoesNotStarveTheCheck() throws Exception {
    HttpClient small = new HttpClient();
    small.setMaxConnectionsPerDestination(1);
    small.start();
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger connections = new AtomicInteger();
    try (var backend =
        new RawBackend(
            out -> {
              if (connections.incrementAndGet() == 1) {
                await(end);
              }
              RawBackend.text("HTTP/1.1 204 Fine\r\n\r\n").write(out);
            })) {
      small
          .newRequest("http://127.0.0.1:" + backend.port() + "/traffic")
          .send(result -> end.countDown());
      assertThat(backend.heads.poll(10, TimeUnit.SECONDS)).as("the pool is full").isNotNull();
      assertThat(check(small, backend.upstream(), LONG).ok()).isTrue();
    } finally {
      end.countDown();
      small.stop();
    }
  }

  @Test
  void aStoppedClientIsAFailedCheckAndNoException() throws Exception {
    HttpClient stopped = new HttpClient();
    stopped.start();
    stopped.stop();
    Upstream any = new Upstream("any", URI.create("http://127.0.0.1:9"), 1);
    assertThat(check(stopped, any, LONG).ok()).isFalse();
  }

  @Test
  void aPathThatIsNoneIsAFailedCheckAndNoException() throws Exception {
    Upstream any = new Upstream("any", URI.create("http://127.0.0.1:9"), 1);
    assertThat(check(CLIENT, any, "/white space", LONG).detail())
        .isEqualTo("failed (IllegalArgumentException)");
  }

  @ParameterizedTest(name = "{0} for {1}: {2}")
  @CsvSource({
    "200 OK, 200-299, true",
    "302 Found, 200-299, false",
    "404 None, '200-299,404', true",
    "503 Soon, '200-299,404', false",
  })
  void whichStatusesAreGoodIsConfigured(String status, String ranges, boolean good)
      throws Exception {
    String head = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n";
    try (var backend = new RawBackend(RawBackend.text(head))) {
      ProbeResult result = check(CLIENT, backend.upstream(), wanting(ranges, null));
      assertThat(result.ok()).isEqualTo(good);
      assertThat(result.detail())
          .startsWith(good ? status.substring(0, 3) : "status " + status.substring(0, 3));
    }
  }

  @ParameterizedTest(name = "{0} in {1}: {2}")
  @CsvSource({
    "ok, all is ok, 200 in",
    "^up$, up, 200 in",
    "ok, all is lost, 'status 200, but not the body that is wanted'",
    "größe, die größe, 200 in",
    "(a+)+$, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!, status 200",
  })
  void theBodyMayBeWantedToHoldSomething(String pattern, String body, String words)
      throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head = "HTTP/1.1 200 OK\r\nContent-Length: " + bytes.length + "\r\n\r\n";
    try (var backend =
        new RawBackend(
            out -> {
              out.write(head.getBytes(StandardCharsets.US_ASCII));
              out.write(bytes);
            })) {
      ProbeResult result = check(CLIENT, backend.upstream(), wanting("200-299", pattern));
      assertThat(result.detail()).startsWith(words);
      assertThat(result.ok()).isEqualTo(words.startsWith("200"));
    }
  }

  @Test
  void whatComesBehind64KilobytesIsNotLookedAt() throws Exception {
    byte[] block = new byte[8_192];
    try (var backend =
        new RawBackend(
            out -> {
              RawBackend.text("HTTP/1.1 200 OK\r\n\r\nfirst").write(out);
              for (int i = 0; i < 20; i++) {
                out.write(block);
              }
              out.write("last".getBytes(StandardCharsets.US_ASCII));
            })) {
      assertThat(check(CLIENT, backend.upstream(), wanting("200", "last")).detail())
          .isEqualTo("status 200, but not the body that is wanted");
      assertThat(check(CLIENT, backend.upstream(), wanting("200", "first")).ok()).isTrue();
    }
  }

  @Test
  void aBodyThatDoesNotComeInTimeIsAFailedCheckWhereItIsWanted() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (var backend =
        new RawBackend(
            out -> {
              RawBackend.text("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf").write(out);
              out.flush();
              await(end);
            })) {
      assertThat(check(CLIENT, backend.upstream(), wanting("200", "whole", SHORT)).detail())
          .isEqualTo("no answer within 200 ms");
    } finally {
      end.countDown();
    }
  }

  @Test
  void fieldsAreSentAsConfigured() throws Exception {
    var fields =
        List.of(
            new PoolConfig.Field("Authorization", "Basic YTpi"),
            new PoolConfig.Field("Host", "shop.example"),
            new PoolConfig.Field("User-Agent", "checker"));
    try (var backend = new RawBackend(RawBackend.text("HTTP/1.1 204 Fine\r\n\r\n"))) {
      assertThat(check(CLIENT, backend.upstream(), settings("204", null, fields, LONG)).ok())
          .isTrue();
      assertThat(backend.heads.take())
          .contains("Authorization: Basic YTpi", "Host: shop.example", "User-Agent: checker")
          .contains("Connection: close")
          .noneMatch(line -> line.contains("Gatehouse"))
          .filteredOn(line -> line.startsWith("Host:"))
          .hasSize(1);
    }
  }

  private static PoolConfig.Health wanting(String ranges, @Nullable String body) {
    return wanting(ranges, body, LONG);
  }

  private static PoolConfig.Health wanting(String ranges, @Nullable String body, Duration timeout) {
    return settings(ranges, body, List.of(), timeout);
  }

  private static PoolConfig.Health settings(
      String ranges, @Nullable String body, List<PoolConfig.Field> fields, Duration timeout) {
    List<PoolConfig.StatusRange> status =
        Stream.of(ranges.split(",", -1))
            .map(
                range ->
                    new PoolConfig.StatusRange(
                        Integer.parseInt(range.substring(0, 3)),
                        Integer.parseInt(range.substring(range.length() - 3))))
            .toList();
    return new PoolConfig.Health(
        "/", LONG, LONG, timeout, 3, 1, status, Optional.ofNullable(body), fields);
  }

  private static ProbeResult check(HttpClient client, Upstream upstream, Duration timeout)
      throws InterruptedException {
    return check(client, upstream, "/ok?deep=1", timeout);
  }

  private static ProbeResult check(
      HttpClient client, Upstream upstream, String path, Duration timeout)
      throws InterruptedException {
    return check(client, upstream, Pools.health(path, LONG, timeout, 3, 1));
  }

  private static ProbeResult check(HttpClient client, Upstream upstream, PoolConfig.Health settings)
      throws InterruptedException {
    BlockingQueue<ProbeResult> results = new LinkedBlockingQueue<>();
    new HttpProbe(client, settings, System::nanoTime).check(upstream, results::add);
    ProbeResult result = results.poll(20, TimeUnit.SECONDS);
    assertThat(result).as("an answer in time").isNotNull();
    return result;
  }

  private static boolean waited(Semaphore pace) {
    try {
      return pace.tryAcquire(20, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
