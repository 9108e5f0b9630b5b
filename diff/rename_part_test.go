package diff_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// What GORM names after a table and its columns goes along with them.
func TestNamesFollowRenames(t *testing.T) {
	users := entity("users", notNull("name", op.Text()), col("boss_id", op.Int(64)),
		index("idx_users_name", "name"), unique("uni_users_name", "name"), check("chk_users_name", "name <> ''"), ref("fk_users_boss", "boss_id", "users"))
	people := entity("people", notNull("full_name", op.Text()), col("boss_id", op.Int(64)),
		index("idx_people_full_name", "full_name"), unique("uni_people_full_name", "full_name"), check("chk_people_full_name", "full_name <> ''"), ref("fk_people_boss", "boss_id", "people"))
	renames := diff.Options{Renames: []diff.Rename{{From: "users", To: "people"}, {Table: "people", From: "name", To: "full_name"}}}
	posts := func(key string, target string) op.Table {
		return entity("posts", col("user_id", op.Int(64)), ref(key, "user_id", target))
	}
	pair := func(a, b string) op.Table {
		return entity("t", col("a", op.Int(64)), col("b", op.Int(64)), index("idx_t_a", a), index("idx_t_b", b))
	}
	run(t, []comparison{
		{
			name:    "of a table and a column",
			current: schema(users, posts("fk_users_posts", "users")), desired: schema(people, posts("fk_people_posts", "people")),
			options: renames,
			up: []string{
				"rename table users to people", "rename column people.name to full_name",
				"rename constraint uni_users_name on people to uni_people_full_name",
				"rename index idx_users_name on people to idx_people_full_name",
				"rename constraint fk_users_boss on people to fk_people_boss",
				"rename constraint chk_users_name on people to chk_people_full_name",
				"rename constraint fk_users_posts on posts to fk_people_posts",
			},
			down: []string{
				"rename constraint fk_people_posts on posts to fk_users_posts",
				"rename constraint chk_people_full_name on people to chk_users_name",
				"rename constraint fk_people_boss on people to fk_users_boss",
				"rename index idx_people_full_name on people to idx_users_name",
				"rename constraint uni_people_full_name on people to uni_users_name",
				"rename column people.full_name to name", "rename table people to users",
			},
		},
		{
			name:    "that exchange two columns",
			current: schema(pair("a", "b")), desired: schema(pair("a", "b")),
			options: diff.Options{Renames: []diff.Rename{{Table: "t", From: "a", To: "b"}, {Table: "t", From: "b", To: "a"}}},
			up: []string{
				"rename column t.a to limbeck_swap", "rename column t.b to a", "rename column t.limbeck_swap to b",
				"rename index idx_t_a on t to limbeck_swap", "rename index idx_t_b on t to idx_t_a", "rename index limbeck_swap on t to idx_t_b",
			},
			down: []string{
				"rename index idx_t_b on t to limbeck_swap", "rename index idx_t_a on t to idx_t_b", "rename index limbeck_swap on t to idx_t_a",
				"rename column t.b to limbeck_swap", "rename column t.a to b", "rename column t.limbeck_swap to a",
			},
		},
		{
			name:    "not where somebody else made them",
			current: schema(users), desired: schema(entity("users", notNull("name", op.Text()), col("boss_id", op.Int(64)), index("idx_other", "name"))),
			options: diff.Options{Owned: schema(entity("users", notNull("name", op.Text()), col("boss_id", op.Int(64))))},
			up:      []string{"create index idx_other on users (name)"},
			down:    []string{"drop index idx_other on users"},
			unmanaged: []string{
				"unique constraint uni_users_name on users", "index idx_users_name on users",
				"foreign key fk_users_boss on users", "check chk_users_name on users",
			},
		},
	})
}

func TestJoinTablesFollowRenames(t *testing.T) {
	join := func(name, user, language, users string) op.Table {
		return table(name, notNull(user, op.Int(64)), notNull(language, op.Int(64)), primary(user, language),
			ref("fk_"+name+"_"+user, user, users), ref("fk_"+name+"_"+language, language, "languages"))
	}
	before := schema(entity("users"), entity("languages"), join("speaks", "user_id", "language_id", "users"))
	after := schema(entity("accounts"), entity("languages"), join("speaks", "account_id", "language_id", "accounts"))
	friends := func(name, user, friend, users string) op.Table {
		return table(name, notNull(user, op.Int(64)), notNull(friend, op.Int(64)), primary(user, friend),
			ref("fk_1", user, users), ref("fk_2", friend, users))
	}
	rename := []diff.Rename{{From: "users", To: "accounts"}}
	run(t, []comparison{
		{
			name:    "with a hint",
			current: before, desired: after, options: diff.Options{Hints: rename, JoinTables: []string{"speaks"}},
			up: []string{
				"rename table users to accounts", "rename column speaks.user_id to account_id",
				"rename constraint fk_speaks_user_id on speaks to fk_speaks_account_id",
			},
			down: []string{
				"rename constraint fk_speaks_account_id on speaks to fk_speaks_user_id",
				"rename column speaks.account_id to user_id", "rename table accounts to users",
			},
		},
		{
			name:    "that refer to one table twice",
			current: schema(entity("users"), friends("friends", "user_id", "friend_id", "users")), desired: schema(entity("accounts"), friends("friends", "account_id", "friend_id", "accounts")),
			options: diff.Options{Renames: rename, JoinTables: []string{"friends"}},
			up:      []string{"rename table users to accounts", "rename column friends.user_id to account_id"},
			down:    []string{"rename column friends.account_id to user_id", "rename table accounts to users"},
		},
		{
			name:    "and have another name as well",
			current: before, desired: schema(entity("accounts"), entity("languages"), join("account_speaks", "account_id", "language_id", "accounts")),
			options: diff.Options{Renames: rename, Hints: []diff.Rename{{From: "speaks", To: "account_speaks"}}, JoinTables: []string{"account_speaks"}},
			up: []string{
				"rename table users to accounts", "rename table speaks to account_speaks", "rename column account_speaks.user_id to account_id",
				"rename constraint fk_speaks_language_id on account_speaks to fk_account_speaks_language_id",
				"rename constraint fk_speaks_user_id on account_speaks to fk_account_speaks_account_id",
			},
			down: []string{
				"rename constraint fk_account_speaks_account_id on account_speaks to fk_speaks_user_id",
				"rename constraint fk_account_speaks_language_id on account_speaks to fk_speaks_language_id",
				"rename column account_speaks.account_id to user_id", "rename table account_speaks to speaks", "rename table accounts to users",
			},
		},
		{
			name:    "but not one that has a struct of its own: that is asked",
			current: before, desired: after, options: diff.Options{Hints: rename},
			up: []string{
				"rename table users to accounts", "drop foreign key fk_speaks_user_id on speaks", "drop primary key on speaks",
				"add column speaks.account_id (int(64), not null)", "drop column speaks.user_id",
				"add primary key on speaks (account_id, language_id)", "add foreign key fk_speaks_account_id on speaks (account_id) references accounts (id)",
			},
			down: []string{
				"drop foreign key fk_speaks_account_id on speaks", "drop primary key on speaks",
				"add column speaks.user_id (int(64), not null), existing rows get 0", "drop column speaks.account_id",
				"add primary key on speaks (user_id, language_id)", "add foreign key fk_speaks_user_id on speaks (user_id) references accounts (id)",
				"rename table accounts to users",
			},
			questions: []diff.Question{
				{
					About:   "speaks.account_id",
					Text:    `Column "speaks.account_id" may not be null and has no default, and the primary key lets no two rows be alike, and foreign key "fk_speaks_account_id" needs a row for each value: which value do existing rows get?`,
					Answers: []string{"--backfill speaks.account_id=<SQL literal or expression>"},
				},
				{
					About:   "speaks.user_id",
					Text:    `Column "speaks.user_id" is no longer in the models: is it one of the new columns under its old name, or shall it be dropped?`,
					Answers: []string{"--rename speaks.user_id=account_id", "--drop speaks.user_id"},
				},
			},
		},
	})
}
