package migrate

import "container/heap"

// queue hands out its smallest element first.
type queue[T any] struct{ heap heapOf[T] }

func newQueue[T any](compare func(a, b T) int) *queue[T] {
	return &queue[T]{heap: heapOf[T]{compare: compare}}
}

func (q *queue[T]) len() int { return len(q.heap.list) }
func (q *queue[T]) push(x T) { heap.Push(&q.heap, x) }
func (q *queue[T]) pop() T   { return heap.Pop(&q.heap).(T) }

// heapOf is what container/heap asks for.
type heapOf[T any] struct {
	list    []T
	compare func(a, b T) int
}

func (h *heapOf[T]) Len() int           { return len(h.list) }
func (h *heapOf[T]) Less(i, j int) bool { return h.compare(h.list[i], h.list[j]) < 0 }
func (h *heapOf[T]) Swap(i, j int)      { h.list[i], h.list[j] = h.list[j], h.list[i] }
func (h *heapOf[T]) Push(x any)         { h.list = append(h.list, x.(T)) }
func (h *heapOf[T]) Pop() any {
	last := len(h.list) - 1
	x := h.list[last]
	h.list = h.list[:last]
	return x
}
