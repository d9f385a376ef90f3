package dev.gatehouse.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.balance.Upstream;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Pools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real handshakes: the words depend on how the JDK and Jetty wrap a certificate's fault. */
@Timeout(60)
class HttpProbeTlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final HttpClient CLIENT = new HttpClient();
  private static KeyStore keys;

  @BeforeAll
  static void makeKeysAndClient(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("keys.p12");
    keytool(file, "ca -ext bc:c");
    keytool(file, "good -signer ca -ext san=dns:localhost");
    keytool(file, "othername -signer ca -ext san=dns:other.test");
    keytool(file, "expired -signer ca -ext san=dns:localhost -startdate -10d -validity 5");
    keytool(file, "future -signer ca -ext san=dns:localhost -startdate +10d");
    keytool(file, "stranger -ext san=dns:localhost");
    keys = KeyStore.getInstance(file.toFile(), PASSWORD);
    KeyStore trusted = emptyStore();
    trusted.setCertificateEntry("ca", keys.getCertificate("ca"));
    SslContextFactory.Client tls = new SslContextFactory.Client();
    tls.setTrustStore(trusted);
    CLIENT.setSslContextFactory(tls);
    CLIENT.start();
  }

  @AfterAll
  static void stopClient() throws Exception {
    CLIENT.stop();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "othername, certificate is for another name",
    "expired, certificate has expired",
    "future, certificate is not valid yet",
    "stranger, certificate is not trusted",
  })
  void aBadCertificateIsToldInPlainWords(String alias, String words) throws Exception {
    try (var backend = new RawBackend(server(alias), RawBackend.text(""))) {
      ProbeResult result = check(backend.upstream("https://localhost"));
      assertThat(result.ok()).isFalse();
      assertThat(result.detail()).isEqualTo(words);
    }
  }

  @Test
  void aGoodCertificateIsFine() throws Exception {
    try (var backend =
        new RawBackend(server("good"), RawBackend.text("HTTP/1.1 204 Fine\r\n\r\n"))) {
      assertThat(check(backend.upstream("https://localhost")).detail()).startsWith("204 in");
    }
  }

  @Test
  void aBackendWithoutTlsIsNoTlsServer() throws Exception {
    try (var plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("https://localhost:" + plain.getLocalPort());
      Await.until( // a write that fails first is told as such
          "it is told",
          () -> {
            Thread server = new Thread(() -> answerAtOnce(plain));
            server.start();
            ProbeResult result = check(new Upstream("plain", url, 1));
            server.join();
            assertThat(result.ok()).isFalse();
            return result.detail().equals("not a TLS server");
          });
    }
  }

  private static void answerAtOnce(ServerSocket plain) {
    try (Socket socket = plain.accept()) {
      socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // the client has cut the connection
    }
  }

  private static ProbeResult check(Upstream upstream) throws InterruptedException {
    Duration timeout = Duration.ofSeconds(2);
    var settings = Pools.health("/ok", timeout, timeout, 3, 1);
    BlockingQueue<ProbeResult> results = new LinkedBlockingQueue<>();
    new HttpProbe(CLIENT, settings, System::nanoTime).check(upstream, results::add);
    ProbeResult result = results.poll(20, TimeUnit.SECONDS);
    assertThat(result).as("an answer in time").isNotNull();
    return result;
  }

  private static ServerSocket server(String alias) throws Exception {
    Key key = keys.getKey(alias, PASSWORD);
    Certificate[] chain = keys.getCertificateChain(alias);
    KeyStore one = emptyStore();
    one.setKeyEntry(alias, key, PASSWORD, chain);
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(one, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    InetAddress localhost = InetAddress.getLoopbackAddress();
    return context.getServerSocketFactory().createServerSocket(0, 50, localhost);
  }

  private static KeyStore emptyStore() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    return store;
  }

  private static void keytool(Path store, String aliasAndMore) throws Exception {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String common =
        " -J-XX:TieredStopAtLevel=1 -genkeypair -keyalg EC -dname CN=x -storepass changeit -alias ";
    List<String> command = new ArrayList<>(List.of((tool + common + aliasAndMore).split(" ")));
    command.addAll(List.of("-keystore", store.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
