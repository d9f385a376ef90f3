package dev.gatehouse.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports on the loopback address that no other test run takes while this one lives.
 *
 * <p>Ports come in blocks below the range from which the system serves clients. The first port of a
 * block is bound until this JVM ends, which keeps the rest for the server that we start: it
 * survives the time between choosing a port and listening on it, which a released random port does
 * not.
 */
record Ports(ServerSocket guard) implements AutoCloseable {
  private static final int FIRST = 20_000;
  private static final int BLOCKS = 1_200;
  private static final int BLOCK_SIZE = 10;
  private static final int USED = 8;

  static Ports reserve() {
    int start = ThreadLocalRandom.current().nextInt(BLOCKS);
    IOException last = new IOException("no ports tried");
    for (int i = 0; i < BLOCKS; i++) {
      try {
        return new Ports(guard(FIRST + (start + i) % BLOCKS * BLOCK_SIZE));
      } catch (IOException taken) {
        last = taken;
      }
    }
    throw new UncheckedIOException("no free block of ports", last);
  }

  int http() {
    return guard.getLocalPort() + 1;
  }

  int https() {
    return guard.getLocalPort() + 2;
  }

  /** WildFly's management port, the JMX port of the others. */
  int management() {
    return guard.getLocalPort() + 3;
  }

  /** Of WildFly only: a listener that takes small bodies. */
  int limited() {
    return guard.getLocalPort() + 4;
  }

  /** Four in a row, for the backends of the demonstration. */
  int firstOfFour() {
    return guard.getLocalPort() + 5;
  }

  /** Gives the block back before the end of this JVM. */
  @Override
  public void close() {
    try {
      guard.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerSocket guard(int port) throws IOException {
    ServerSocket guard = bind(port);
    try {
      for (int i = 1; i <= USED; i++) {
        bind(port + i).close();
      }
      return guard;
    } catch (IOException e) {
      guard.close();
      throw e;
    }
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
