// Package template renders the Handlebars of flows.
//
//	{{name}} {{a.b}} {{order-id}} {{items.0.sku}} {{this}} {{../name}} {{@index}} {{@key}} {{@first}} {{@last}} {{@root}}
//	{{#if x}} ... {{else if y}} ... {{else}} ... {{/if}}   {{#unless x}} ... {{/unless}}
//	{{#each coll as |item i|}} ... {{else}} nothing {{/each}}   {{#with x}} ... {{/with}}
//	{{truncate text 20}} {{json x}} {{length x}} {{items m}} {{join coll ", "}} {{first coll}} {{last coll}} {{default x "none"}}
//	{{join (items m) ", "}} {{! comment }} {{~trims white space~}} \{{literal}}
//
// It differs from Handlebars where a flow needs it to: nothing is escaped for HTML; a name is looked up as a keyword, then as
// a string; collections render as JSON; a template that is exactly one tag gives the value itself, whatever its type (Value);
// there are no partials, decorators or helpers of one's own. As in Handlebars, what is missing renders empty, nil, false, "", 0 and
// empty sequences count as false, and a tag alone on its line takes the line with it.
//
// What a value renders to is never read as a template again. Templates, output, nesting and turns of loops are
// bounded. The package may import interpreter/value and interpreter/wire.
package template
