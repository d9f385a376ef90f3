package dev.gatehouse.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * A backend on 127.0.0.1 that reads requests exactly and answers as it is told, over raw sockets:
 * first by what was enqueued, then by its function. Thread-safe.
 */
public final class Origin implements AutoCloseable {
  private final Port port;
  private final boolean tls;
  private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Set<OriginConnection> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean resets;
  private volatile Function<Seen, Script> otherwise =
      unexpected -> Script.ofStatus(500, "X-Origin: nothing enqueued");

  private Origin(ServerSocketFactory sockets, boolean tls, boolean asksForCertificate) {
    this.tls = tls;
    this.port = new Port(sockets, asksForCertificate, this::serve);
  }

  /** An origin that answers by {@link #enqueue}. */
  public static Origin scripted() {
    return new Origin(ServerSocketFactory.getDefault(), false, false).restart();
  }

  /** An origin that answers by a function, which is called on many threads. */
  public static Origin answering(Function<Seen, Script> answers) {
    return scripted().answer(answers);
  }

  /** An origin with TLS that answers by {@link #enqueue} or {@link #answer}. */
  public static Origin tls(SSLContext context) {
    return new Origin(context.getServerSocketFactory(), true, false).restart();
  }

  /** The same; only clients with a certificate that the context trusts get in. */
  public static Origin mutualTls(SSLContext context) {
    return new Origin(context.getServerSocketFactory(), true, true).restart();
  }

  /** A port where nobody listens, and that nobody else gets. */
  public static Origin refusing() {
    Origin origin = scripted();
    origin.stop();
    return origin;
  }

  /** From now on answers by this function what is not enqueued. */
  public Origin answer(Function<Seen, Script> answers) {
    otherwise = answers;
    return this;
  }

  /** Answers the next request that has no script yet. */
  public Origin enqueue(Script script) {
    scripts.add(script);
    return this;
  }

  public int port() {
    return port.number();
  }

  /** Scheme, 127.0.0.1 and port. */
  public URI url() {
    return URI.create((tls ? "https" : "http") + "://127.0.0.1:" + port());
  }

  /** The requests in the order of their coming, including those under way. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** Waits for the request of this number, from 0. */
  public Seen seen(int index) {
    Await.until("request " + index + " at " + url(), () -> seen.size() > index);
    return seen.get(index);
  }

  /** All connections accepted so far. */
  public int connections() {
    return connections.get();
  }

  /** Those that are open now. */
  public int openConnections() {
    return open.size();
  }

  /** Whether the connection of this number, from 1, is still there. */
  public boolean isOpen(int connection) {
    return open.stream().anyMatch(one -> one.number() == connection);
  }

  /** Ends all connections, and refuses new ones; the port is kept for {@link #restart}. */
  public void stop() {
    port.stop();
    open.forEach(OriginConnection::end);
  }

  /** Refuses new connections; those that are there go on. */
  public void refuse() {
    port.stop();
  }

  /** Ends all connections, and lets those that try to connect wait for ever. */
  public void swallow() {
    port.swallow();
    open.forEach(OriginConnection::end);
  }

  /** The same for new connections only; those that are there go on. */
  public void swallowNew() {
    port.swallow();
  }

  /** From now on resets each new connection at once, or no longer. */
  public void resetNew(boolean resets) {
    this.resets = resets;
  }

  /** Listens again, on the same port as ever. */
  public Origin restart() {
    port.start();
    return this;
  }

  /** Listens at another address of this machine instead, such as 127.0.0.2. */
  public Origin moveTo(String literal, int number) {
    port.close();
    try {
      port.moveTo(InetAddress.getByName(literal), number);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
    return restart();
  }

  @Override
  public void close() {
    port.close();
    open.forEach(OriginConnection::end);
  }

  private void serve(Socket socket) throws IOException {
    if (resets) {
      socket.setSoLinger(true, 0);
      socket.close();
      return;
    }
    var connection =
        new OriginConnection(connections.incrementAndGet(), socket, this::begin, open::remove);
    open.add(connection);
    connection.start();
    if (!port.isOpen()) {
      connection.end(); // stop() may not have seen it
    }
  }

  private Script begin(Seen request) {
    seen.add(request);
    Script script = scripts.poll();
    return script == null ? otherwise.apply(request) : script;
  }
}
