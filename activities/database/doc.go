// Package database asks PostgreSQL: statements with parameters, in one transaction, each answer bounded. It keeps one pool of
// connections per address.
//
// It may import activities/fault, activities/binding and interpreter/value.
package database
