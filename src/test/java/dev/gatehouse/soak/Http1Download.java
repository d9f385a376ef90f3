package dev.gatehouse.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.container.Settings;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A download over HTTP/1.1 that takes from the socket what it is asked to, and nothing ahead. */
final class Http1Download implements Download {
  private final Socket socket = new Socket();
  private final byte[] buffer = new byte[16 * 1024];

  Http1Download(int port, int receiveBuffer, String target) throws IOException {
    socket.setReceiveBufferSize(receiveBuffer);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String request =
        "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + Settings.KEY_LINE + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    skipHead(socket.getInputStream());
  }

  private static void skipHead(InputStream in) throws IOException {
    for (int lineLength = -1; lineLength != 0; ) {
      lineLength = 0;
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new EOFException("no answer");
        }
        lineLength += c == '\r' ? 0 : 1;
      }
    }
  }

  @Override
  public int read() throws IOException {
    return socket.getInputStream().read(buffer);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
