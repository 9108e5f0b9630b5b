package models

import "time"

// Employee is somebody who works for the shop. The personnel number is the
// key, given by people and not counted by the database.
type Employee struct {
	Number  int32     `gorm:"primaryKey;autoIncrement:false"`
	Name    string    `gorm:"size:100;not null"`
	Salary  float64   `gorm:"precision:10;scale:2;not null;check:employees_paid,salary > 0"`
	HiredOn time.Time `gorm:"type:date;not null"`

	// ManagerNumber is null for whoever has no superior, or lost one.
	ManagerNumber *int32    `gorm:"index"`
	Manager       *Employee `gorm:"foreignKey:ManagerNumber;references:Number;constraint:OnUpdate:CASCADE,OnDelete:SET NULL"`
}
