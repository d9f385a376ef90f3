package dev.gatehouse.boot;

import dev.gatehouse.config.ConfigException;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the application with its context, and stops it. A failure to start fails the deployment.
 */
public final class Bootstrap implements ServletContextListener {
  private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

  private @Nullable Application application;

  /** Used by the container. */
  public Bootstrap() {}

  /**
   * Reads the configuration and starts what it asks for.
   *
   * @throws ConfigException with all that is wrong
   * @throws IllegalStateException if this Java or a file is not fit for it
   */
  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      application = Application.start(event.getServletContext());
    } catch (ConfigException | IllegalStateException e) {
      LOG.error("Gatehouse does not start.\n{}", e.getMessage()); // containers fold or cut messages
      throw e;
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    Application started = application;
    application = null;
    if (started != null) {
      started.close();
    }
  }
}
