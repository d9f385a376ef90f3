package dev.gatehouse.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Collects what a class logs (SLF4J is bound to java.util.logging in tests). */
public final class LogLines extends Handler implements AutoCloseable {
  private final Logger logger;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> threads = new CopyOnWriteArrayList<>();

  /** Collects from now on, until it is closed. */
  public LogLines(Class<?> source) {
    logger = Logger.getLogger(source.getName());
    logger.addHandler(this);
    logger.setUseParentHandlers(false);
  }

  /** Level and message of each, in order. */
  public List<String> lines() {
    return lines;
  }

  /** The names of the threads that logged them, in order. */
  public List<String> threads() {
    return threads;
  }

  @Override
  public void publish(LogRecord logged) {
    threads.add(Thread.currentThread().getName());
    lines.add(logged.getLevel() + " " + new SimpleFormatter().formatMessage(logged));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
