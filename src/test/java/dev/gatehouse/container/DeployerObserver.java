package dev.gatehouse.container;

import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.test.spi.context.ClassContext;
import org.jboss.arquillian.test.spi.event.suite.BeforeClass;

/** Hands a deployer to {@link Gatehouse} before the tests of each class. */
public final class DeployerObserver {
  @Inject private Instance<Deployer> deployer;
  @Inject private Instance<ClassContext> context;

  /** Used by Arquillian. */
  @SuppressWarnings("NullAway.Init") // Arquillian injects
  public DeployerObserver() {}

  void beforeClass(@Observes BeforeClass event) {
    Class<?> outermost = event.getTestClass().getJavaClass();
    while (outermost.getEnclosingClass() != null) {
      outermost = outermost.getEnclosingClass();
    }
    Gatehouse.deployWith(new ClassDeployer(deployer.get(), context.get(), outermost));
  }
}
