package dev.gatehouse.metrics;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lines among those of the container, under a name by which they can be told apart. */
final class ContainerLog implements LineSink {
  private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.access");

  @Override
  public void write(String line) {
    LOG.info("{}", line);
  }

  @Override
  public void close() {}
}
