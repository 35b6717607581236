/** What the server's objects look like: immutable records, read leniently from the server's JSON. */
@NullMarked
package io.boshcpi.lxd.client.model;

import org.jspecify.annotations.NullMarked;
