package io.boshcpi.lxd.provider.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that run on each real server, those of one server one class after the other. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("server")
@ExtendWith(ServerTurns.class)
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@MethodSource("io.boshcpi.lxd.fake.RealServer#all")
public @interface OnRealServers {}
