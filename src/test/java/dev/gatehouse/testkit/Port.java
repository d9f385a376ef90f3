package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * One TCP port on 127.0.0.1 if nobody moves it, ours from the first start to {@link #close},
 * listening or refusing.
 */
final class Port implements AutoCloseable {
  private final ServerSocketFactory factory;
  private final boolean asksForCertificate;
  private final Consumer<Socket> connections;
  private volatile @Nullable ServerSocket listening;
  private @Nullable Thread acceptor;
  private @Nullable Socket reserving;
  private InetAddress address = InetAddress.getLoopbackAddress();
  private volatile int number;

  Port(ServerSocketFactory factory, boolean asksForCertificate, Consumer<Socket> connections) {
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
    if (listening == null) {
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

  @Override
  public synchronized void close() {
    try {
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
        connections.accept(socket.accept());
      } catch (IOException e) {
        // closed, or one connection that came to nothing
      }
    }
  }
}
