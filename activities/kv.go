package activities

import (
	"context"

	"github.com/weir-run/weir/activities/fault"
	"github.com/weir-run/weir/activities/store"
	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// KeyValue does one :kv operation.
func (a *Activities) KeyValue(ctx context.Context, call Call) (wire.V, error) {
	return answered(ctx, call, a.keyValue)
}

func (a *Activities) keyValue(ctx context.Context, call Call) (value.Value, error) {
	config, persist, err := readStep(call)
	if err != nil {
		return value.Nil, err
	}
	at := call.place(ctx)
	op := kvOperation{kv: a.KV, config: config, write: store.Write{Key: textOf(config.GetKw("key")), Token: at.idempotencyKey(), Fence: at.fence()}}
	if op.write.TTL, err = wholeNumber(config, "ttl", 0); err != nil {
		return value.Nil, err
	}
	if ttl := config.GetKw("ttl"); !ttl.IsNil() && op.write.TTL == 0 {
		return value.Nil, fault.New(fault.KVInvalid, ":ttl must be between %d and %d seconds", store.MinTTL, store.MaxTTL)
	}
	name := textOf(config.GetKw("operation"))
	run, ok := kvOperations[name]
	if !ok {
		return value.Nil, fault.New(fault.KVInvalid, ":operation can't be %q: there are :get :set :delete :exists :increment :append :list-keys :compare-and-set", name)
	}
	pairs, err := run(ctx, op)
	if err != nil {
		return value.Nil, err
	}
	result := value.NewMap(append([]value.Value{value.Kw("success"), value.True}, pairs...)...)
	return a.keep(ctx, persist, at, result)
}

// kvOperation is one operation's fields. Its results are the pairs that follow :success.
type kvOperation struct {
	kv     *store.KV
	config *value.Map
	write  store.Write
}

var kvOperations = map[string]func(context.Context, kvOperation) ([]value.Value, error){
	"get": kvGet, "set": kvSet, "delete": kvDelete, "exists": kvExists, "increment": kvIncrement, "append": kvAppend,
	"list-keys": kvListKeys, "compare-and-set": kvCompareAndSet,
}

func (op kvOperation) keyed(pairs ...value.Value) []value.Value {
	return append([]value.Value{value.Kw("key"), value.String(op.write.Key)}, pairs...)
}

// field is a field that has to be there, though it may be nil.
func (op kvOperation) field(name string) (value.Value, error) {
	v, ok := op.config.Own(nil, value.Kw(name))
	if !ok {
		return v, fault.New(fault.KVInvalid, "the operation needs :%s", name)
	}
	return v, nil
}

func kvGet(ctx context.Context, op kvOperation) ([]value.Value, error) {
	v, exists, err := op.kv.Get(ctx, op.write.Key)
	if !exists {
		v = op.config.GetKw("default")
	}
	return []value.Value{value.Kw("value"), v, value.Kw("exists?"), value.Bool(exists)}, err
}

func kvSet(ctx context.Context, op kvOperation) ([]value.Value, error) {
	v, err := op.field("value")
	if err != nil {
		return nil, err
	}
	created, err := op.kv.Set(ctx, op.write, v, op.config.GetKw("if-not-exists").Truthy())
	return op.keyed(value.Kw("created?"), value.Bool(created)), err
}

func kvDelete(ctx context.Context, op kvOperation) ([]value.Value, error) {
	deleted, err := op.kv.Delete(ctx, op.write)
	return op.keyed(value.Kw("deleted?"), value.Bool(deleted)), err
}

func kvExists(ctx context.Context, op kvOperation) ([]value.Value, error) {
	exists, err := op.kv.Exists(ctx, op.write.Key)
	return op.keyed(value.Kw("exists?"), value.Bool(exists)), err
}

func kvIncrement(ctx context.Context, op kvOperation) ([]value.Value, error) {
	delta := op.config.GetKw("delta")
	if delta.IsNil() {
		delta = value.Int(1)
	}
	now, previous, err := op.kv.Increment(ctx, op.write, delta)
	return op.keyed(value.Kw("value"), now, value.Kw("previous"), previous), err
}

func kvAppend(ctx context.Context, op kvOperation) ([]value.Value, error) {
	longest, err := wholeNumber(op.config, "max-length", store.DefaultMaxList)
	if err != nil {
		return nil, err
	}
	var items []value.Value
	item, one := op.config.Own(nil, value.Kw("item"))
	many, several := op.config.Own(nil, value.Kw("items"))
	switch {
	case one == several:
		return nil, fault.New(fault.KVInvalid, ":append takes :item or :items")
	case one:
		items = []value.Value{item}
	default:
		switch many.Kind() {
		case value.KindVector, value.KindList, value.KindSeq, value.KindNil:
			value.Each(nil, many, func(v value.Value) bool {
				items = append(items, v)
				return true
			})
		default:
			return nil, fault.New(fault.KVInvalid, ":items must be a vector (found: %s)", value.KindName(many))
		}
	}
	v, err := op.kv.Append(ctx, op.write, items, int(min(longest, store.MaxAppended+1)))
	return op.keyed(value.Kw("value"), v), err
}

func kvListKeys(ctx context.Context, op kvOperation) ([]value.Value, error) {
	limit, err := wholeNumber(op.config, "limit", store.MaxListedKeys)
	if err != nil {
		return nil, err
	}
	keys, err := op.kv.List(ctx, textOf(op.config.GetKw("prefix")), int(min(limit, store.MaxListedKeys+1)))
	out := make([]value.Value, len(keys))
	for i, k := range keys {
		out[i] = value.String(k)
	}
	return []value.Value{value.Kw("keys"), value.VectorFrom(out), value.Kw("count"), value.Int(int64(len(out)))}, err
}

func kvCompareAndSet(ctx context.Context, op kvOperation) ([]value.Value, error) {
	v, err := op.field("value")
	if err != nil {
		return nil, err
	}
	swapped, err := op.kv.CompareAndSet(ctx, op.write, op.config.GetKw("expected"), v)
	return []value.Value{value.Kw("swapped?"), value.Bool(swapped)}, err
}
