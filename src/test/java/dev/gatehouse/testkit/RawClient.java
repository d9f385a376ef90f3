package dev.gatehouse.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/** A client that sends bytes as they are given, and reads responses exactly. Not thread-safe. */
public final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final Wire wire;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    this.wire = new Wire(socket.getInputStream());
    socket.setTcpNoDelay(true);
    timeout(Await.PATIENCE);
  }

  /** Connects to 127.0.0.1. */
  public static RawClient to(int port) throws IOException {
    return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Connects to 127.0.0.1 with TLS, whatever the certificate; names no server (SNI). */
  public static RawClient tls(int port) throws IOException {
    return tls(port, "localhost"); // the JDK sends no name without a dot
  }

  /** The same, and asks for a server name, which must have a dot. */
  public static RawClient tls(int port, String serverName) throws IOException {
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
    return new RawClient(
        Pki.trustingAll().getSocketFactory().createSocket(plain, serverName, port, true));
  }

  /** Connects to the port of an http or https URL, on 127.0.0.1. */
  public static RawClient to(URI url) throws IOException {
    return url.getScheme().equals("https") ? tls(url.getPort()) : to(url.getPort());
  }

  /** How long reading waits for the next byte. */
  public RawClient timeout(Duration timeout) throws SocketException {
    socket.setSoTimeout((int) timeout.toMillis());
    return this;
  }

  /** Sends one byte for each char. */
  public RawClient send(String bytes) throws IOException {
    return send(bytes.getBytes(ISO_8859_1));
  }

  public RawClient send(byte[] bytes) throws IOException {
    out().write(bytes);
    out().flush();
    return this;
  }

  /** Where {@link Generated} writes big bodies to. */
  public OutputStream out() throws IOException {
    return socket.getOutputStream();
  }

  /** Sends a request and reads the response to it, past interim ones. */
  public Reply exchange(String request) throws IOException {
    send(request);
    return readFinal(request.startsWith("HEAD "));
  }

  /** GET on a connection that stays open, with Host and more lines such as {@code X-A: 1}. */
  public Reply get(String target, String... headers) throws IOException {
    StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n");
    List.of(headers).forEach(line -> request.append(line).append("\r\n"));
    return exchange(request.append("\r\n").toString());
  }

  /** Reads one response; it may be an interim one. */
  public Reply read() throws IOException {
    return Reply.read(wire, false, List.of(), () -> {});
  }

  /**
   * Reads the next response that is not 1xx.
   *
   * @param toHead whether it answers HEAD, so that it has no body
   */
  public Reply readFinal(boolean toHead) throws IOException {
    return readFinal(toHead, () -> {});
  }

  /**
   * The same.
   *
   * @param onHead runs when the head is there, before the body is read
   */
  public Reply readFinal(boolean toHead, Runnable onHead) throws IOException {
    List<String> interim = new ArrayList<>();
    Reply reply = Reply.read(wire, toHead, interim, onHead);
    while (reply.isInterim()) {
      interim.add(reply.statusLine());
      reply = Reply.read(wire, toHead, interim, onHead);
    }
    return reply;
  }

  /**
   * Reads bytes, framing included, until they end with this text; then that is all that is read.
   */
  public String readUntil(String text) throws IOException {
    StringBuilder read = new StringBuilder();
    while (!read.toString().endsWith(text)) {
      int c = wire.read();
      if (c < 0) {
        throw new EOFException("no '" + text + "' in: " + read);
      }
      read.append((char) c);
    }
    return read.toString();
  }

  /** Whether the peer has closed, waiting for it or for another byte. */
  public boolean isAtEnd() throws IOException {
    try {
      return wire.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException | SSLException e) {
      return true;
    }
  }

  /** Says that nothing more will be sent. */
  public void fin() throws IOException {
    socket.shutdownOutput();
  }

  /** Breaks the connection off with a reset. */
  public void rst() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
