package dev.gatehouse.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * One TCP port on 127.0.0.1 if nobody moves it, ours from the first start to {@link #close},
 * listening or refusing.
 */
final class Port implements AutoCloseable {
  private static final int MILLIS_TO_CONNECT = 100;

  private final ServerSocketFactory factory;
  private final boolean asksForCertificate;
  private final Accepted connections;
  private volatile @Nullable ServerSocket listening;
  private @Nullable Thread acceptor;
  private @Nullable Socket reserving;
  private InetAddress address = InetAddress.getLoopbackAddress();
  private final List<Closeable> swallowing = new ArrayList<>();
  private volatile int number;

  /** Takes a connection over. */
  interface Accepted {
    void take(Socket socket) throws IOException;
  }

  Port(ServerSocketFactory factory, boolean asksForCertificate, Accepted connections) {
    this.factory = factory;
    this.asksForCertificate = asksForCertificate;
    this.connections = connections;
  }

  int number() {
    return number;
  }

  boolean isOpen() {
    return listening != null;
  }

  synchronized void start() {
    try {
      close();
      ServerSocket socket = factory.createServerSocket();
      if (socket instanceof SSLServerSocket secure) {
        secure.setNeedClientAuth(asksForCertificate);
      }
      socket.setReuseAddress(true);
      socket.bind(here(), 256);
      listening = socket;
      number = socket.getLocalPort();
      acceptor = OriginConnection.daemon("origin-" + number, () -> accept(socket));
      acceptor.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Refuses from now on. */
  synchronized void stop() {
    if (listening == null && swallowing.isEmpty()) {
      return;
    }
    close();
    try {
      reserving = new Socket(); // bound but not listening: the kernel refuses
      reserving.setReuseAddress(true);
      reserving.bind(here());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Neither accepts nor refuses from now on: with its queue of connections full, the kernel answers
   * nobody who tries to connect.
   */
  synchronized void swallow() {
    close();
    try {
      ServerSocket deaf = new ServerSocket();
      swallowing.add(deaf);
      deaf.setReuseAddress(true);
      deaf.bind(here(), 1);
      for (int unanswered = 0; unanswered < 2; ) {
        Socket filling = new Socket();
        swallowing.add(filling);
        try {
          filling.connect(here(), MILLIS_TO_CONNECT);
        } catch (SocketTimeoutException e) {
          unanswered++;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      for (Closeable each : swallowing) {
        each.close();
      }
      swallowing.clear();
      ServerSocket socket = listening;
      if (socket != null) {
        listening = null;
        socket.close();
      }
      if (acceptor != null) {
        acceptor.join(); // else the kernel may still think that we listen
        acceptor = null;
      }
      if (reserving != null) {
        reserving.close();
        reserving = null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From the next start on it is another address of this machine, and this number. */
  synchronized void moveTo(InetAddress address, int number) {
    this.address = address;
    this.number = number;
  }

  private InetSocketAddress here() {
    return new InetSocketAddress(address, number);
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        connections.take(socket.accept());
      } catch (IOException e) {
        // closed, or one connection that came to nothing
      }
    }
  }
}
