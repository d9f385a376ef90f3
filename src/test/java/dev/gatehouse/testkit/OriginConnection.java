package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** One connection of an {@link Origin}, with a thread of its own. */
final class OriginConnection {
  private final int number;
  private final Socket socket;
  private final Function<Seen, Script> scripts;
  private final Consumer<OriginConnection> ended;
  private final Thread thread;

  OriginConnection(
      int number, Socket socket, Function<Seen, Script> scripts, Consumer<OriginConnection> ended) {
    this.number = number;
    this.socket = socket;
    this.scripts = scripts;
    this.ended = ended;
    this.thread = daemon("origin-" + socket.getLocalPort() + "-" + number, this::serve);
  }

  static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  int number() {
    return number;
  }

  void start() {
    thread.start();
  }

  /** Closes the connection and wakes a script that pauses. */
  void end() {
    thread.interrupt();
    try {
      socket.close();
    } catch (IOException e) {
      // it is over either way
    }
  }

  private void serve() {
    try (socket) {
      socket.setTcpNoDelay(true);
      Seen.Peer peer = peer();
      Wire wire = new Wire(socket.getInputStream());
      while (!socket.isClosed() && serveOne(wire, peer)) {
        // the next request
      }
    } catch (IOException e) {
      // the peer went away, or the test ended
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.accept(this);
    }
  }

  private boolean serveOne(Wire wire, Seen.Peer peer) throws IOException, InterruptedException {
    var unused = wire.takeLines(); // of the last body's chunks
    String line = wire.line();
    if (line == null) {
      return false;
    }
    List<String> fields = wire.fields();
    Seen seen = new Seen(number, line, fields, peer, wire);
    try {
      Script script = scripts.apply(seen);
      if (!script.isEarly()) {
        seen.readBody(true);
      }
      script.run(seen, socket);
      if (!socket.isClosed()) {
        seen.readBody(false);
      }
    } finally {
      seen.over();
    }
    return seen.isWhole()
        && Wire.values(fields, "Connection").stream().noneMatch(v -> v.equalsIgnoreCase("close"));
  }

  private Seen.Peer peer() throws IOException {
    OutputStream out = socket.getOutputStream();
    if (!(socket instanceof SSLSocket secure)) {
      return new Seen.Peer(out, Optional.empty(), Optional.empty());
    }
    secure.startHandshake();
    return new Seen.Peer(out, serverName(secure.getSession()), clientName(secure.getSession()));
  }

  private static Optional<String> serverName(SSLSession session) {
    return session instanceof ExtendedSSLSession extended
        ? extended.getRequestedServerNames().stream()
            .map(name -> ((SNIHostName) name).getAsciiName())
            .findFirst()
        : Optional.empty();
  }

  private static Optional<String> clientName(SSLSession session) {
    try {
      return Optional.of(session.getPeerPrincipal()).map(Principal::getName);
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }
}
