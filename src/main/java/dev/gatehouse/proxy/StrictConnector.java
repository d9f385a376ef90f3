package dev.gatehouse.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslClientConnectionFactory;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Connects to backends, and tells a connection that broke from one that was closed: a body that
 * ends with its connection is whole only after the latter (RFC 9112 §8). Jetty makes one of both.
 */
final class StrictConnector extends ClientConnector {
  @Override
  protected EndPoint newEndPoint(
      SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
    return new BreakableEndPoint((SocketChannel) channel, selector, key, getScheduler());
  }

  @Override
  public ClientConnectionFactory newSslClientConnectionFactory(
      SslContextFactory.Client context, ClientConnectionFactory inner) {
    var factory =
        new SslClientConnectionFactory(context, getByteBufferPool(), getExecutor(), inner);
    factory.setRequireCloseMessage(true); // RFC 9112 §9.8
    return factory;
  }

  /** How many bytes have gone out on a connection so far, TLS's own among them. */
  static long flushed(EndPoint endPoint) {
    EndPoint bare =
        endPoint instanceof SslConnection.SslEndPoint tls
            ? tls.getSslConnection().getEndPoint()
            : endPoint;
    return bare instanceof BreakableEndPoint breakable ? breakable.flushed : 0;
  }

  private static final class BreakableEndPoint extends SocketChannelEndPoint {
    private volatile long flushed; // moved by one thread at a time
    private volatile long idleMillis;

    BreakableEndPoint(
        SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
      super(channel, selector, key, scheduler);
    }

    /**
     * Each request moves it up and down again, for which Jetty would cancel a timer and start
     * another. Here the timer goes by the least there was, and finds most times that it is early.
     */
    @Override
    public void setIdleTimeout(long millis) {
      long least = super.getIdleTimeout();
      idleMillis = millis;
      if (millis <= 0 || least <= 0 || millis < least) {
        super.setIdleTimeout(millis);
      }
    }

    @Override
    public long getIdleTimeout() {
      return idleMillis;
    }

    /** In how many milliseconds to check again. */
    @Override
    protected long checkIdleTimeout() {
      long left = super.checkIdleTimeout();
      long least = super.getIdleTimeout();
      return left < 0 || least <= 0 ? left : left == 0 ? least : Math.min(left, least);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // Jetty allows one write at a time
    public boolean flush(ByteBuffer... buffers) throws IOException {
      long before = remaining(buffers);
      try {
        return super.flush(buffers);
      } finally {
        flushed += before - remaining(buffers);
      }
    }

    private static long remaining(ByteBuffer... buffers) {
      long sum = 0;
      for (ByteBuffer buffer : buffers) {
        sum += buffer.remaining();
      }
      return sum;
    }

    /** As in the base class, but for the exception, which that makes an end of. */
    @Override
    public int fill(ByteBuffer buffer) throws IOException {
      if (isInputShutdown()) {
        return -1;
      }
      int position = BufferUtil.flipToFill(buffer);
      try {
        int filled = getChannel().read(buffer);
        if (filled > 0) {
          notIdle();
        } else if (filled < 0) {
          shutdownInput();
        }
        return filled;
      } finally {
        BufferUtil.flipToFlush(buffer, position);
      }
    }
  }
}
