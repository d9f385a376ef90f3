package dev.gatehouse.cache;

import dev.gatehouse.servlet.Exchange;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends an exchange that was answered from a capture. */
final class Client implements BodyPump.Ending {
  private static final Logger LOG = LoggerFactory.getLogger(Client.class);
  private static final int BAD_GATEWAY = 502;

  private final Exchange exchange;
  private final AsyncContext async;
  private final AtomicBoolean over = new AtomicBoolean();

  Client(Exchange exchange, AsyncContext async) {
    this.exchange = exchange;
    this.async = async;
  }

  /** Stops what writes once the container says that there is nobody to write to. */
  void stops(BodyPump pump) {
    try {
      async.addListener(new Word(pump));
    } catch (IllegalStateException e) { // all is written
      LOG.debug("over already", e);
    }
  }

  /** What the container says of a client. */
  private record Word(BodyPump pump) implements AsyncListener {
    @Override
    public void onError(AsyncEvent event) {
      Throwable cause = event.getThrowable();
      pump.onError(
          cause instanceof TimeoutException
              ? cause
              : new IOException("the client's connection failed", cause));
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      pump.onError(new IOException("the container waits no longer"));
    }

    @Override
    public void onComplete(AsyncEvent event) {
      pump.onError(new IOException("the container has ended the exchange"));
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }

  @Override
  public void written() {
    if (over.compareAndSet(false, true)) {
      ServletResponse response = async.getResponse();
      try {
        response.getOutputStream().close();
      } catch (IOException | RuntimeException e) {
        exchange.journal().clientGone();
        LOG.debug("client went away at the end", e);
      }
      complete();
    }
  }

  @Override
  public void broken() {
    if (over.compareAndSet(false, true)) {
      exchange.brokenOff(BAD_GATEWAY);
      try {
        async.dispatch("/"); // to where broken answers end
      } catch (IllegalStateException e) {
        exchange.done();
        LOG.debug("the container had ended it already", e);
      }
    }
  }

  @Override
  public void failed(Throwable cause) {
    if (!(cause instanceof IOException)) { // the client may still read, and must see that it ends
      exchange.journal().clientGone();
      broken();
    } else if (over.compareAndSet(false, true)) {
      LOG.debug("the answer can't be written", cause);
      exchange.journal().clientGone();
      complete();
    }
  }

  private void complete() {
    exchange.done();
    try {
      async.complete();
    } catch (IllegalStateException e) {
      LOG.debug("the container had ended it already", e);
    }
  }
}
