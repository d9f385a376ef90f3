package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Origin;
import dev.gatehouse.testkit.Script;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.AsyncRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backend may send, and what becomes of it when it may not. */
@Timeout(60)
class StrictTransportTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String INTERIM = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n";
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Origin origin = Origin.scripted();
  private HttpClient client = new HttpClient();

  @BeforeEach
  void start() throws Exception {
    ProxyConfig.Client usual = Settings.CLIENT;
    client =
        UpstreamClient.start(
            new ProxyConfig.Client(
                usual.connectTimeout(),
                PATIENCE,
                usual.idleTimeout(),
                usual.totalTimeout(),
                usual.keepAliveTimeout(),
                usual.maxConnectionAge(),
                usual.maxRequestsPerConnection(),
                usual.maxConnections(),
                usual.maxThreads(),
                usual.selectors(),
                usual.requestBufferSize(),
                usual.responseBufferSize(),
                usual.maxResponseHeadersSize()),
            Settings.TLS);
  }

  @AfterEach
  void stop() throws Exception {
    client.stop();
    origin.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 600 X\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 1000 X\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 20 X\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 2x0 X\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 -20 X\r\nContent-Length: 0\r\n\r\n",
        "HTTP/2 200\r\nContent-Length: 0\r\n\r\n",
        "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.2 200 OK\r\nContent-Length: 0\r\n\r\n",
        "http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "Http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        OK + "Content-Length: 5, 7\r\n\r\nhello..",
        OK + "Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello..",
        OK + "Content-Length: -5\r\n\r\nhello",
        OK + "Content-Length: +5\r\n\r\nhello",
        OK + "Content-Length: abc\r\n\r\nhello",
        OK + "Content-Length:\r\n\r\n",
        OK + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        OK + "Transfer-Encoding: gzip, chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
        OK + "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        OK + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        OK + "Transfer-Encoding: identity\r\n\r\nx",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        OK + " folded\r\nContent-Length: 0\r\n\r\n",
        OK + "X : 1\r\nContent-Length: 0\r\n\r\n",
        OK + "X\r\nContent-Length: 0\r\n\r\n",
        OK + "X: a\0b\r\nContent-Length: 0\r\n\r\n",
        OK + "X: a\rb\r\nContent-Length: 0\r\n\r\n",
      })
  void whatIsNoSoundResponseIsAFailure(String bytes) {
    origin.enqueue(Script.raw(bytes).hang());
    assertThatThrownBy(this::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(HttpResponseException.class);
    Await.until("the connection is closed", () -> origin.openConnections() == 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OK + "Content-Length: 5, 5\r\n\r\nhello",
        OK + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
        OK + "content-length:5 ,5,\t5 \r\n\r\nhello",
        OK + "Transfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.0 200\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 599 X\r\nContent-Length: 5\r\n\r\nhello",
        INTERIM + OK + "Content-Length: 5, 5\r\n\r\nhello",
      })
  void whatIsOddButSoundIsTakenAndTheConnectionGoesOn(String bytes) throws Exception {
    origin.enqueue(Script.raw(bytes)).enqueue(Script.ok("next"));
    assertThat(get().getContentAsString()).isEqualTo("hello");
    assertThat(get().getContentAsString()).isEqualTo("next");
    assertThat(origin.connections()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OK + "Content-Length: 5\r\n\r\nhelloworld",
        OK + "Content-Length: 5\r\n\r\nhello" + OK + "Content-Length: 4\r\n\r\nevil",
        OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\nmore",
      })
  @DisplayName("RFC 9112 §6.3, D05: more than was announced")
  void whatStandsBehindAResponseIsNoResponse(String bytes) throws Exception {
    origin.enqueue(Script.raw(bytes)).enqueue(Script.ok("next"));
    assertThat(get().getContentAsString()).isEqualTo("hello");
    assertThat(get().getContentAsString()).isEqualTo("next");
    assertThat(origin.seen(1).connection()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 304 No\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 304 No\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      })
  void aBodyWhereNoneCanBeIsDroppedWithItsConnection(String bytes) throws Exception {
    origin.enqueue(Script.raw(bytes)).enqueue(Script.ok("next"));
    assertThat(get().getContent()).isEmpty();
    assertThat(get().getContentAsString()).isEqualTo("next");
    assertThat(origin.seen(1).connection()).isEqualTo(2);
  }

  @Test
  @DisplayName("RFC 9112 §8, D08: a body that ends with its connection")
  void aConnectionThatBreaksIsNoEndOfABody() throws Exception {
    origin.enqueue(Script.raw(OK + "\r\nhello").fin());
    assertThat(get().getContentAsString()).isEqualTo("hello");
    origin.enqueue(Script.raw(OK + "\r\nhello").rst());
    assertThatThrownBy(this::get).isInstanceOf(ExecutionException.class);
  }

  @Test
  @DisplayName("RFC 9112 §6.3 item 4, D07: a coding that nobody knows, and no chunks")
  void aCodingThatNobodyKnowsEndsWithTheConnection() throws Exception {
    String head = OK + "Transfer-Encoding: QWERTY\r\nConnection: keep-alive\r\n\r\n";
    origin.enqueue(Script.raw(head + "hello" + OK + "Content-Length: 4\r\n\r\nevil").fin());
    ContentResponse answer = get();
    assertThat(answer.getContentAsString()).startsWith("hello").endsWith("evil");
    assertThat(answer.getHeaders().getFieldNamesCollection()).containsExactly("Connection");
    origin.enqueue(Script.raw(head + "hello").rst());
    assertThatThrownBy(this::get).isInstanceOf(ExecutionException.class);
    origin.enqueue(Script.ok("next"));
    assertThat(get().getContentAsString()).isEqualTo("next");
    assertThat(origin.connections()).isEqualTo(3);
  }

  @Test
  void aPooledConnectionThatBreaksIsNotLentAgain() throws Exception {
    CountDownLatch idle = new CountDownLatch(1);
    origin.enqueue(Script.ok("first").pause(idle).rst()).enqueue(Script.ok("next"));
    assertThat(get().getContentAsString()).isEqualTo("first");
    idle.countDown();
    Await.until("it is gone", () -> origin.openConnections() == 0);
    Await.until("it is noticed", () -> pooled() == 0);
    assertThat(get().getContentAsString()).isEqualTo("next");
  }

  @Test
  void aThousandInterimResponsesArePutUpWith() throws Exception {
    origin.enqueue(Script.raw(INTERIM.repeat(1000)).send(OK + "Content-Length: 5\r\n\r\nhello"));
    assertThat(get().getContentAsString()).isEqualTo("hello");
  }

  @Test
  @DisplayName("D09: 1xx for ever")
  void interimResponsesDoNotProlongTheWait() {
    origin.enqueue(Script.raw("").drip(INTERIM));
    assertThatThrownBy(this::get).isInstanceOf(TimeoutException.class);
    Await.until("the connection is closed", () -> origin.openConnections() == 0);
  }

  @Test
  @DisplayName("RFC 9110 §15.2: an interim response in the middle of an upload")
  void theWaitForAnAnswerBeginsWhenTheRequestIsSent() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    origin.enqueue(
        Script.raw(INTERIM)
            .writing(out -> sent.countDown())
            .beforeBody()
            .readBody()
            .send(OK + "Content-Length: 2\r\n\r\nup"));
    AsyncRequestContent upload = new AsyncRequestContent(ByteBuffer.wrap(new byte[] {1}));
    CompletableFuture<ContentResponse> answer =
        new CompletableResponseListener(client.POST(origin.url()).body(upload)).send();
    sent.await();
    for (int i = 0; i < 2; i++) { // two waits, as the first may have begun before the upload's
      origin.enqueue(Script.raw("").drip(INTERIM));
      assertThatThrownBy(this::get).isInstanceOf(TimeoutException.class);
    }
    assertThat(answer).isNotDone();
    upload.close();
    assertThat(answer.get().getContentAsString()).isEqualTo("up");
  }

  @Test
  @DisplayName("D09: 1xx for ever, behind an upload")
  void interimResponsesBehindAnUploadDoNotProlongTheWait() {
    origin.enqueue(Script.raw("").beforeBody().readBody().drip(INTERIM));
    assertThatThrownBy(
            () -> client.POST(origin.url()).body(new StringRequestContent("body")).send())
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void aHeadMustComeToItsEndInTime() {
    origin.enqueue(Script.raw("HTTP/1.1 200 OK\r\nX-Long: ").drip("x"));
    assertThatThrownBy(this::get).isInstanceOf(TimeoutException.class);
    Await.until("the connection is closed", () -> origin.openConnections() == 0);
  }

  private long pooled() {
    return client.getDestinations().stream()
        .filter(HttpDestination.class::isInstance)
        .mapToLong(each -> ((HttpDestination) each).getConnectionPool().isEmpty() ? 0 : 1)
        .sum();
  }

  private ContentResponse get() throws Exception {
    return client.newRequest(origin.url()).send();
  }
}
