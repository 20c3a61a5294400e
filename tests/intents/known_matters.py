"""A small set of matters, so that the understanding is tried without any hall."""

from __future__ import annotations

import functools

from intents.lexicon import lexicons
from intents.scorer import Phrase
from intents.understanding import Understanding

NAMES = {
    "residence": ("居住证申领", "居住证", "暂住证", "Residence permit", "residence card"),
    "birth": ("出生登记", "新生儿上户口", "Birth registration"),
    "allowance": ("最低生活保障", "低保", "吃低保", "Low-income allowance", "social assistance"),
    "food": ("食品经营许可证", "食品许可证", "Food business permit"),
    "logging": ("林木采伐许可证", "砍树证", "Tree felling licence"),
    "pension": ("城乡居民养老保险参保", "养老保险", "Pension enrolment"),
    "alive": ("养老金待遇资格认证", "养老认证", "Yearly pension certification"),
    "medical": ("城乡居民医疗保险", "医保", "Medical insurance"),
    "card": ("社会保障卡补办", "社保卡", "Social security card"),
    "housing": ("农村宅基地审批", "宅基地", "Housing site approval"),
    "seeds": ("种粮补贴", "良种补贴", "Seed subsidy"),
    "party": ("党员组织关系转接", "转党组织关系", "Party membership transfer"),
    "stall": ("临时摆摊备案", "摆摊", "Street stall notice"),
    "disabled": ("残疾人证办理", "残疾证", "Disability card"),
    "burial": ("公益性公墓安葬", "公墓", "Public cemetery plot"),
    "pesticide": ("农药经营许可证", "卖农药", "Pesticide sales permit"),
    "veteran": ("退役军人优待证", "退伍证", "Veteran card"),
    "well": ("取水许可", "打井", "Water abstraction licence"),
    "marriage": ("婚姻状况证明", "单身证明", "Certificate of marital status"),
    "loan": ("创业担保贷款", "创业贷款", "Start-up loan"),
}
QUESTIONS = {
    "residence": ("外地人在这里住要办什么证",),
    "allowance": ("家里没收入能不能吃低保",),
}


def phrases() -> list[Phrase]:
    """Every name, then every question."""
    names = [Phrase(label, text) for label, texts in NAMES.items() for text in texts]
    asked = [Phrase(label, text, False) for label, texts in QUESTIONS.items() for text in texts]
    return names + asked


@functools.cache
def understanding() -> Understanding:
    """The understanding of these matters, made once."""
    return Understanding(phrases(), lexicons())
