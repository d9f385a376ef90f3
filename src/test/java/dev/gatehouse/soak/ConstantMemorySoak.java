package dev.gatehouse.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Backend;
import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.container.ServerUnderTest;
import dev.gatehouse.container.Settings;
import dev.gatehouse.testkit.Bytes;
import dev.gatehouse.testkit.Generated;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A gigabyte each way passes through a heap of a quarter of it, and every byte arrives. */
@ArquillianTest
@RunAsClient
@DisplayName("Constant memory")
final class ConstantMemorySoak {
  private static final long WARM_UP = 128L << 20;
  private static final long GIGABYTE = 1L << 30;
  private static final long MOST_GROWTH_KILOBYTES = 150 * 1024;

  private static final Backend BACKEND = new Backend(ConstantMemorySoak::answer);

  private final AtomicInteger uploads = new AtomicInteger();
  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Gatehouse.deploy(Settings.of(BACKEND));
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  private static Script answer(Seen seen) {
    if (seen.method().equals("POST")) {
      return Script.ok("thanks");
    }
    long length = Long.parseLong(seen.target().substring(seen.target().lastIndexOf('/') + 1));
    return seen.target().startsWith("/length/")
        ? Script.generated(length)
        : Script.generatedChunked(length);
  }

  @Test
  void aGigabyteEachWayNeedsNoMemory() throws Exception {
    ProcessFigures process = ProcessFigures.ofServer();
    transferAll(WARM_UP, false);
    long before = process.residentKilobytes();
    long most;
    try (ResidentMemory watch = new ResidentMemory(process)) {
      transferAll(GIGABYTE, true);
      most = watch.mostKilobytes();
    }
    Figures.print(
        "memory: RSS %d MB after warm-up, at most %d MB while 8 GB passed (growth %d MB)",
        before / 1024, most / 1024, (most - before) / 1024);
    assertThat(most - before).isLessThanOrEqualTo(MOST_GROWTH_KILOBYTES);
    assertThat(server.log()).doesNotContain("java.lang.OutOfMemoryError");
  }

  private void transferAll(long length, boolean told) throws Exception {
    String expected = Generated.sha256(length);
    for (HttpClient.Version version : HttpClient.Version.values()) {
      URI root = version == HttpClient.Version.HTTP_2 ? server.https() : server.http();
      HttpClient client =
          HttpClient.newBuilder().version(version).sslContext(server.trust()).build();
      for (boolean sized : new boolean[] {true, false}) {
        String how = version + (sized ? ", with length" : ", without length");
        long begin = System.nanoTime();
        assertThat(download(client, root, sized, length)).isEqualTo(expected);
        long middle = System.nanoTime();
        assertThat(upload(client, root, sized, length)).isEqualTo(expected);
        if (told) {
          Figures.print(
              "%s: %d MB down in %.1f s, up in %.1f s, SHA-256 equal",
              how, length >> 20, (middle - begin) / 1e9, (System.nanoTime() - middle) / 1e9);
        }
      }
    }
  }

  private static String download(HttpClient client, URI root, boolean sized, long length)
      throws Exception {
    String target = (sized ? "/length/" : "/chunked/") + length;
    HttpResponse<InputStream> answer =
        client.send(
            HttpRequest.newBuilder(root.resolve(target)).header("X-API-Key", Settings.KEY).build(),
            BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo(client.version());
    assertThat(answer.headers().firstValue("Content-Length").isPresent()).isEqualTo(sized);
    Bytes received = new Bytes();
    try (InputStream body = answer.body()) {
      body.transferTo(received);
    }
    return received.sha256();
  }

  private String upload(HttpClient client, URI root, boolean sized, long length) throws Exception {
    BodyPublisher unsized = BodyPublishers.ofInputStream(() -> Generated.stream(length));
    BodyPublisher body = sized ? BodyPublishers.fromPublisher(unsized, length) : unsized;
    String target = "/upload/" + uploads.incrementAndGet();
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(root.resolve(target))
                .header("X-API-Key", Settings.KEY)
                .POST(body)
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo(client.version());
    Seen seen = BACKEND.request(target);
    assertThat(seen.header("Content-Length").isPresent()).isEqualTo(sized);
    return seen.body().sha256();
  }
}
