package dev.gatehouse.proxy;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The container gives an exchange up: the client is gone, or has sent what is no HTTP.
 *
 * @param heard told why
 */
record ContainerWord(Consumer<Throwable> heard) implements AsyncListener {
  @Override
  public void onError(AsyncEvent event) {
    Throwable cause = event.getThrowable();
    heard.accept(cause == null ? new IOException("the client's connection failed") : cause);
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    heard.accept(new TimeoutException("the container waits no longer"));
  }

  @Override
  public void onComplete(AsyncEvent event) {}

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
