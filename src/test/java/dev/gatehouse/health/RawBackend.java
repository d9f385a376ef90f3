package dev.gatehouse.health;

import dev.gatehouse.balance.Upstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A backend of bare sockets, which does with a connection whatever a test wants. */
final class RawBackend implements AutoCloseable {
  /** What to do after a request's head was read. */
  interface Answer {
    void write(OutputStream out) throws IOException;
  }

  /** The request line and fields of each request. */
  final BlockingQueue<List<String>> heads = new LinkedBlockingQueue<>();

  /** Gets an element for each connection that has ended. */
  final BlockingQueue<Boolean> ended = new LinkedBlockingQueue<>();

  private final ServerSocket server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  RawBackend(Answer answer) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answer);
  }

  RawBackend(ServerSocket server, Answer answer) {
    this.server = server;
    start(() -> accept(answer));
  }

  /** Answers with these bytes. */
  static Answer text(String response) {
    return out -> out.write(response.getBytes(StandardCharsets.ISO_8859_1));
  }

  int port() {
    return server.getLocalPort();
  }

  Upstream upstream(String urlStart) {
    return new Upstream("raw", URI.create(urlStart + ":" + port() + "/base/"), 1);
  }

  Upstream upstream() {
    return upstream("http://127.0.0.1");
  }

  private void accept(Answer answer) {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        start(() -> serve(socket, answer));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket, Answer answer) {
    try (socket) {
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      heads.add(in.lines().takeWhile(line -> !line.isEmpty()).toList());
      answer.write(socket.getOutputStream());
    } catch (IOException | UncheckedIOException e) {
      // the client has cut the connection
    } finally {
      ended.add(true);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "raw-backend");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
