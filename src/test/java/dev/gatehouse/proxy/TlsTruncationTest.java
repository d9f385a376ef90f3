package dev.gatehouse.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.Tls.Verify;
import dev.gatehouse.testkit.Pki;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("RFC 9112 §9.8: TLS closed without close_notify")
class TlsTruncationTest {
  @Test
  void aBodyThatEndsWithTheConnectionMayHaveBeenCut() {
    assertThatThrownBy(() -> answered("HTTP/1.1 200 OK\r\n\r\nhello"))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void aBodyWithLengthIsWhole() throws Exception {
    assertThat(answered("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")).isEqualTo("hello");
  }

  private static String answered(String response) throws Exception {
    SSLContext context = Pki.create().context(Pki.selfSigned());
    HttpClient client = UpstreamClient.start(Settings.CLIENT, Settings.tls(Verify.NONE));
    try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(() -> serve(port, context, response));
      String body =
          client.newRequest("https://127.0.0.1:" + port.getLocalPort()).send().getContentAsString();
      served.join();
      return body;
    } finally {
      client.stop();
    }
  }

  /** Closes the connection beneath TLS. */
  private static void serve(ServerSocket port, SSLContext context, String response) {
    try (Socket plain = port.accept()) {
      SSLSocket tls =
          (SSLSocket) context.getSocketFactory().createSocket(plain, "client", 1, false);
      tls.setUseClientMode(false);
      var in = tls.getInputStream();
      for (int ends = 0; ends < 2; ) { // up to the empty line
        int c = in.read();
        ends = c == '\n' ? ends + 1 : c == '\r' ? ends : 0;
      }
      tls.getOutputStream().write(response.getBytes(ISO_8859_1));
      tls.getOutputStream().flush();
      plain.shutdownOutput();
      plain.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
