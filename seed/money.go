package seed

import (
	"fmt"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/project"
)

// industrialInvestment is what the report says was invested in industry from January to October 2024: 19.1亿元. The months of the projects are invented, and come
// to exactly that.
const industrialInvestment funds.Amount = 1_910_000_000_00

// The months that the report speaks of.
const (
	reportBegins funds.Month = "2024-01"
	reportEnds   funds.Month = "2024-10"
)

// ofMonth is what a project invested in a month.
type ofMonth struct {
	project int // in the data
	month   funds.Month
	weight  int64 // an even share of the agreed total
	amount  funds.Amount
}

// money enters the investment of the projects month by month, invented so that the report's sum comes out; the last month of some is missing, as it is in life.
func (l *loader) money() ([]deed, error) {
	months, err := l.invested()
	if err != nil {
		return nil, err
	}
	all := []deed{}
	for _, m := range months {
		p := l.data.Projects[m.project]
		if p.Behind && m.month == reportEnds {
			continue
		}
		all = append(all, entered(projectKey(m.project), project.RecordMoney{Month: m.month, Sort: funds.Done, MoneyGiven: project.MoneyGiven{Amount: m.amount, Purpose: "建设投入（虚构示例）"}}))
	}
	for i, p := range l.data.Projects {
		for _, one := range p.Came {
			c := project.RecordMoney{Month: funds.Month(one.Month), Sort: funds.InPlace, Origin: funds.Origin(one.Origin), Currency: funds.Currency(one.Currency),
				MoneyGiven: project.MoneyGiven{Amount: funds.Amount(one.Wan) * 10_000_00, Purpose: "注册资本（虚构示例）"}}
			if one.Rate != "" {
				c.Rate, c.RateSource = new(funds.Rate), "中国外汇交易中心中间价"
				if err := c.Rate.UnmarshalJSON([]byte(one.Rate)); err != nil {
					return nil, fmt.Errorf("%s: %w", p.Title, err)
				}
				if c.RateOn, err = clock.ParseDate(one.RateOn); err != nil {
					return nil, fmt.Errorf("%s: %w", p.Title, err)
				}
			}
			all = append(all, entered(projectKey(i), c))
		}
	}
	return all, nil
}

// entered is an amount as it was entered on the fifth of the month after.
func entered(key string, c project.RecordMoney) deed {
	return deed{caseID: caseID(project.OpenName, key), name: project.RecordMoneyName, input: c, key: key + "/money/" + string(c.Sort) + "/" + string(c.Month) + string(c.Currency), on: c.Month.Add(1).First().AddDays(4).String(), actor: inventor()}
}

// invested spreads the agreed totals evenly over the months of building and scales them so that the months of the report come to what it says.
func (l *loader) invested() ([]ofMonth, error) {
	all, weights := []ofMonth{}, int64(0)
	for i, p := range l.data.Projects {
		if p.Started == "" {
			continue
		}
		begun, end := funds.Month(p.Started[:7]), funds.Month(p.Planned)
		if p.Produced != "" {
			end = funds.Month(p.Produced)
		}
		end = end[:7]
		agreed, err := project.ParseYuan(p.Yi)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Title, err)
		}
		n := int64(0)
		for m := begun; m <= end; m = m.Add(1) {
			n++
		}
		for m := begun; m <= min(end, reportEnds); m = m.Add(1) {
			one := ofMonth{project: i, month: m, weight: int64(agreed) * 100_000_000 / n}
			all = append(all, one)
			if counts(one, p) {
				weights += one.weight
			}
		}
	}
	left, last := industrialInvestment, -1
	for i := range all {
		all[i].amount = funds.Amount(float64(all[i].weight)/float64(weights)*float64(industrialInvestment/10_000_00)) * 10_000_00 // whole 万元
		if counts(all[i], l.data.Projects[all[i].project]) {
			left, last = left-all[i].amount, i
		}
	}
	all[last].amount += left
	return all, nil
}

// counts reports whether an amount is one of those that come to the report's sum.
func counts(m ofMonth, p projectLine) bool {
	return m.month >= reportBegins && (!p.Behind || m.month != reportEnds)
}

// cameLine is money that came to a project in a month; it is invented.
type cameLine struct {
	Month    string `yaml:"month"`
	Origin   string `yaml:"origin"`
	Currency string `yaml:"currency"`
	Wan      int64  `yaml:"wan"` // in ten thousands of the currency
	Rate     string `yaml:"rate"`
	RateOn   string `yaml:"rate_on"`
}
